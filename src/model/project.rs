//! A project: articles with their annotations, entities, rules and the codebook.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    AnnotationId, Annotations, Article, ArticleId, Codebook, CoderId, Codes, Decided, Entity,
    EntityId, EntityProposal, Entry, EntryId, Findings, IssueId, IssueProposal, ItemKey, ItemLook,
    Rule, RuleId, Tokens,
};

/// Entities by id.
pub type EntityMap = BTreeMap<EntityId, Entity>;

/// One article with all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleState {
    /// The article.
    pub article: Article,
    /// Suggestions and decisions.
    pub annotations: Annotations,
    /// Values of own fields, by statement.
    pub codes: BTreeMap<AnnotationId, Codes>,
    /// Sentences and tokens of the last analysis; empty before it.
    pub tokens: Arc<Tokens>,
    /// Entities that the engine found here.
    pub proposed_entities: Arc<BTreeMap<EntityId, EntityProposal>>,
    /// Issues that the engine found here.
    pub proposed_issues: Arc<BTreeMap<IssueId, IssueProposal>>,
    /// Engine of the last analysis; none before it.
    pub engine: Option<String>,
}

impl ArticleState {
    /// Returns an article that was not analysed yet.
    #[must_use]
    pub fn new(article: Article) -> Self {
        Self {
            article,
            annotations: Annotations::default(),
            codes: BTreeMap::new(),
            tokens: Arc::default(),
            proposed_entities: Arc::default(),
            proposed_issues: Arc::default(),
            engine: None,
        }
    }
}

/// What the project calls itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectInfo {
    /// Name on screen; empty for an untitled project.
    pub name: String,
}

/// All that is known. Articles are shared: an edit copies one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    /// Name.
    pub info: ProjectInfo,
    /// Articles by id. Ids are time-ordered, so this is the order of import.
    pub articles: BTreeMap<ArticleId, Arc<ArticleState>>,
    /// Entities that a person named, retyped, gave a role or made.
    pub entities: BTreeMap<EntityId, Decided<Entity>>,
    /// What a person decided for all articles.
    pub rules: BTreeMap<RuleId, Rule>,
    /// Issues and own types.
    pub codebook: Codebook,
    /// Names of those who decide.
    pub coders: BTreeMap<CoderId, String>,
    /// What a person put on the timeline.
    pub entries: BTreeMap<EntryId, Entry>,
    /// How items of the timeline look, where that is not as usual.
    pub looks: BTreeMap<ItemKey, ItemLook>,
}

impl Project {
    /// Takes over what the engine found in an article. The only door for suggestions: nothing that
    /// a person decided can be reached through it. Findings of another text are refused (`false`).
    pub fn replace_suggestions(&mut self, article: ArticleId, findings: &Findings) -> bool {
        let Some(state) = self.articles.get_mut(&article) else {
            return false;
        };
        if state.article.text.hash != findings.text_hash {
            return false;
        }
        let state = Arc::make_mut(state);
        state.annotations.replace_suggestions(findings);
        state.tokens = Arc::new(findings.tokens.clone());
        state.proposed_entities = Arc::new(findings.entities.clone());
        state.proposed_issues = Arc::new(findings.issues.clone());
        state.engine = Some(findings.engine.clone());
        true
    }
}
