//! Articles, entities, rules, the codebook.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{
    ActUse, Alias, AnnotationId, ArticleId, ArticleMeta, Codes, Dct, DctSource, Entity, EntityId,
    EntityType, Field, FieldKind, Issue, IssueId, IssueLink, OwnType, ProjectInfo, ReviewState,
    Role, Rule, SourceFile, Swatch, Tenure,
};
use crate::store::rows::{BadRow, Stored};

#[derive(Serialize, Deserialize)]
struct DctRow {
    date: String,
    source: DctSource,
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct MetaRow {
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dct: Option<DctRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default)]
    review: ReviewState,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl Stored for ArticleMeta {
    type Row = MetaRow;
    fn row(&self) -> MetaRow {
        let Self {
            title,
            outlet,
            author,
            dct,
            language,
            url,
            review,
            note,
        } = self.clone();
        let dct = dct.map(|dct| DctRow {
            date: dct.date.to_string(),
            source: dct.source,
        });
        MetaRow {
            title,
            outlet,
            author,
            dct,
            language,
            url,
            review,
            note,
        }
    }
    fn model(row: MetaRow) -> Result<Self, BadRow> {
        let MetaRow {
            title,
            outlet,
            author,
            dct,
            language,
            url,
            review,
            note,
        } = row;
        let dct = dct.map(|dct| match dct.date.parse() {
            Ok(date) => Ok(Dct {
                date,
                source: dct.source,
            }),
            Err(error) => Err(BadRow(format!("{}: {error}", dct.date))),
        });
        Ok(Self {
            title,
            outlet,
            author,
            dct: dct.transpose()?,
            language,
            url,
            review,
            note,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct SourceRow {
    path: String,
    format: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    hash: String,
}

impl Stored for SourceFile {
    type Row = SourceRow;
    fn row(&self) -> SourceRow {
        let Self {
            path,
            format,
            encoding,
            hash,
        } = self.clone();
        SourceRow {
            path,
            format,
            encoding,
            hash,
        }
    }
    fn model(row: SourceRow) -> Result<Self, BadRow> {
        let SourceRow {
            path,
            format,
            encoding,
            hash,
        } = row;
        Ok(Self {
            path,
            format,
            encoding,
            hash,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct RoleRow {
    office: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<EntityId>,
    #[serde(default, skip_serializing_if = "is_current")]
    tenure: Tenure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_current(tenure: &Tenure) -> bool {
    *tenure == Tenure::Current
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct EntityRow {
    name: String,
    #[serde(rename = "type")]
    entity_type: EntityType,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    aliases: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<RoleRow>,
}

impl Stored for Entity {
    type Row = EntityRow;
    fn row(&self) -> EntityRow {
        let Self {
            name,
            entity_type,
            aliases,
            roles,
        } = self.clone();
        EntityRow {
            name,
            entity_type,
            aliases: aliases.into_iter().map(|alias| alias.text).collect(),
            roles: roles
                .into_iter()
                .map(|role| RoleRow {
                    office: role.office,
                    of: role.of,
                    tenure: role.tenure,
                    from: role.from,
                    until: role.until,
                })
                .collect(),
        }
    }
    fn model(row: EntityRow) -> Result<Self, BadRow> {
        let EntityRow {
            name,
            entity_type,
            aliases,
            roles,
        } = row;
        Ok(Self {
            name,
            entity_type,
            aliases: aliases.into_iter().map(|text| Alias { text }).collect(),
            roles: roles
                .into_iter()
                .map(|role| Role {
                    office: role.office,
                    of: role.of,
                    tenure: role.tenure,
                    from: role.from,
                    until: role.until,
                })
                .collect(),
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::store) enum RuleRow {
    SameEntity {
        merged: EntityId,
        into: EntityId,
    },
    NotSame {
        left: EntityId,
        right: EntityId,
    },
    Alias {
        text: String,
        entity: EntityId,
        #[serde(rename = "type")]
        entity_type: EntityType,
    },
    Never {
        text: String,
    },
    InArticle {
        article: ArticleId,
        mentions: BTreeSet<AnnotationId>,
        entity: EntityId,
    },
}

impl Stored for Rule {
    type Row = RuleRow;
    fn row(&self) -> RuleRow {
        match self.clone() {
            Self::SameEntity { merged, into } => RuleRow::SameEntity { merged, into },
            Self::NotSame { left, right } => RuleRow::NotSame { left, right },
            Self::Alias {
                text,
                entity,
                entity_type,
            } => RuleRow::Alias {
                text,
                entity,
                entity_type,
            },
            Self::Never { text } => RuleRow::Never { text },
            Self::InArticle {
                article,
                mentions,
                entity,
            } => RuleRow::InArticle {
                article,
                mentions,
                entity,
            },
        }
    }
    fn model(row: RuleRow) -> Result<Self, BadRow> {
        Ok(match row {
            RuleRow::SameEntity { merged, into } => Self::SameEntity { merged, into },
            RuleRow::NotSame { left, right } => Self::NotSame { left, right },
            RuleRow::Alias {
                text,
                entity,
                entity_type,
            } => Self::Alias {
                text,
                entity,
                entity_type,
            },
            RuleRow::Never { text } => Self::Never { text },
            RuleRow::InArticle {
                article,
                mentions,
                entity,
            } => Self::InArticle {
                article,
                mentions,
                entity,
            },
        })
    }
}

#[derive(Serialize, Deserialize)]
struct LinkRow {
    phrase: IssueId,
    reversed: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    words: String,
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct IssueRow {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    apart: Vec<IssueId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<Swatch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<char>,
}

impl Stored for Issue {
    type Row = IssueRow;
    fn row(&self) -> IssueRow {
        let link = |link: &IssueLink| LinkRow {
            phrase: link.phrase,
            reversed: link.reversed,
            words: link.words.clone(),
        };
        IssueRow {
            name: self.name.clone(),
            definition: self.definition.clone(),
            links: self.links.iter().map(link).collect(),
            apart: self.apart.iter().copied().collect(),
            colour: self.colour,
            key: self.key,
        }
    }
    fn model(row: IssueRow) -> Result<Self, BadRow> {
        let link = |link: LinkRow| IssueLink {
            phrase: link.phrase,
            reversed: link.reversed,
            words: link.words,
        };
        let links = row.links.into_iter().map(link).collect();
        Ok(Self {
            name: row.name,
            definition: row.definition,
            links,
            apart: row.apart.into_iter().collect(),
            colour: row.colour,
            key: row.key,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct ActRow {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<Swatch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<char>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    hidden: bool,
}

impl Stored for ActUse {
    type Row = ActRow;
    fn row(&self) -> ActRow {
        ActRow {
            definition: self.definition.clone(),
            colour: self.colour,
            key: self.key,
            hidden: self.hidden,
        }
    }
    fn model(row: ActRow) -> Result<Self, BadRow> {
        Ok(Self {
            definition: row.definition,
            colour: row.colour,
            key: row.key,
            hidden: row.hidden,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct TypeRow {
    name: String,
    definition: String,
}

impl Stored for OwnType {
    type Row = TypeRow;
    fn row(&self) -> TypeRow {
        TypeRow {
            name: self.name.clone(),
            definition: self.definition.clone(),
        }
    }
    fn model(row: TypeRow) -> Result<Self, BadRow> {
        Ok(Self {
            name: row.name,
            definition: row.definition,
        })
    }
}

impl Stored for ProjectInfo {
    type Row = String;
    fn row(&self) -> String {
        self.name.clone()
    }
    fn model(name: String) -> Result<Self, BadRow> {
        Ok(Self { name })
    }
}

impl Stored for String {
    type Row = Self;
    fn row(&self) -> Self {
        self.clone()
    }
    fn model(row: Self) -> Result<Self, BadRow> {
        Ok(row)
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct FieldRow {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    examples: String,
    kind: FieldKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
}

impl Stored for Field {
    type Row = FieldRow;
    fn row(&self) -> FieldRow {
        FieldRow {
            name: self.name.clone(),
            definition: self.definition.clone(),
            examples: self.examples.clone(),
            kind: self.kind,
            choices: self.choices.clone(),
        }
    }
    fn model(row: FieldRow) -> Result<Self, BadRow> {
        Ok(Self {
            name: row.name,
            definition: row.definition,
            examples: row.examples,
            kind: row.kind,
            choices: row.choices,
        })
    }
}

impl Stored for Codes {
    type Row = Self;
    fn row(&self) -> Self {
        self.clone()
    }
    fn model(row: Self) -> Result<Self, BadRow> {
        Ok(row)
    }
}
