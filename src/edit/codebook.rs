//! Issues, own types, coders, the project's name.

use crate::edit::Refused;
use crate::edit::draft::Draft;
use crate::edit::operation::AnnotationKey;
use crate::model::{
    Act, ActUse, CODE_KEYS, CoderId, Decided, Issue, IssueId, OwnType, ProjectInfo, Statement,
    TypeId, Verdict,
};

fn needs(name: &str) -> Result<(), Refused> {
    if name.trim().is_empty() {
        Err(Refused::NoName)
    } else {
        Ok(())
    }
}

/// Names or groups an issue. A phrase belongs to one issue: it leaves any other.
pub(super) fn set_issue(
    draft: &mut Draft<'_>,
    id: IssueId,
    issue: Issue,
) -> Result<String, Refused> {
    needs(&issue.name)?;
    if issue.key.is_some_and(|key| !CODE_KEYS.contains(key)) {
        return Err(Refused::Nothing);
    }
    let title = match draft.current::<Issue>(id) {
        None => format!("Issue {} added", issue.name),
        Some(old) if old.name != issue.name => {
            format!("Renamed {} to {}", old.name, issue.name)
        }
        Some(old) if old.links != issue.links => format!("Phrases of {} changed", issue.name),
        Some(_) => format!("Issue {} changed", issue.name),
    };
    let others: Vec<_> = draft
        .project
        .codebook
        .issues
        .keys()
        .copied()
        .filter(|o| *o != id)
        .collect();
    for other in others {
        let Some(mut left) = draft.current::<Issue>(other) else {
            continue;
        };
        let taken = |phrase| issue.links.iter().any(|link| link.phrase == phrase);
        if taken(other) && left.is_bare(other) {
            // No more than its phrase, which stands under the other now.
            draft.set::<Issue>(other, None);
            continue;
        }
        left.links.retain(|link| !taken(link.phrase));
        draft.set(other, Some(left));
    }
    free_key(draft, issue.key, Holder::Issue(id));
    draft.set(id, Some(issue));
    stand_alone(draft);
    Ok(title)
}

/// Who has a key.
#[derive(Clone, Copy, PartialEq)]
enum Holder {
    Issue(IssueId),
    Act(Act),
}

/// A key sets one thing: whoever else has it lets it go.
fn free_key(draft: &mut Draft<'_>, key: Option<char>, holder: Holder) {
    let Some(key) = key else { return };
    for (id, mut issue) in draft.issues() {
        if issue.key == Some(key) && holder != Holder::Issue(id) {
            issue.key = None;
            draft.set(id, Some(issue));
        }
    }
    for act in Act::ALL {
        let entry = draft.current::<ActUse>(act);
        if let Some(mut entry) = entry.filter(|entry| entry.key == Some(key))
            && holder != Holder::Act(act)
        {
            entry.key = None;
            draft.set(act, (entry != ActUse::default()).then_some(entry));
        }
    }
}

/// Says how an act is used.
pub(super) fn set_act(draft: &mut Draft<'_>, act: Act, entry: ActUse) -> Result<String, Refused> {
    if entry.key.is_some_and(|key| !CODE_KEYS.contains(key)) {
        return Err(Refused::Nothing);
    }
    free_key(draft, entry.key, Holder::Act(act));
    draft.set(act, (entry != ActUse::default()).then_some(entry));
    Ok(format!("Act {act} changed"))
}

/// A phrase that left its issue is an issue of its own again, if a decided statement is on it.
fn stand_alone(draft: &mut Draft<'_>) {
    let articles: Vec<_> = draft.project.articles.keys().copied().collect();
    for article in articles {
        for id in draft.decided_ids::<Statement>(article) {
            let key = AnnotationKey { article, id };
            let Some(record) = draft.current::<Decided<Statement>>(key) else {
                continue;
            };
            if record.verdict != Verdict::Rejected
                && let Some(phrase) = &record.value.issue
                && let Some(at) = phrase.issue
            {
                draft.fix_issue(at, &phrase.label, article);
            }
        }
    }
}

/// Takes an issue out; decided statements on it keep their phrase and lose the link.
pub(super) fn remove_issue(draft: &mut Draft<'_>, id: IssueId) -> Result<String, Refused> {
    let issue = draft.current::<Issue>(id).ok_or(Refused::UnknownIssue)?;
    let articles: Vec<_> = draft.project.articles.keys().copied().collect();
    let gone: Vec<_> = issue
        .links
        .iter()
        .map(|link| link.phrase)
        .chain([id])
        .collect();
    for article in articles {
        for statement in draft.decided_ids::<Statement>(article) {
            let key = AnnotationKey {
                article,
                id: statement,
            };
            let Some(mut record) = draft.current::<Decided<Statement>>(key) else {
                continue;
            };
            if let Some(phrase) = &mut record.value.issue
                && phrase.issue.is_some_and(|at| gone.contains(&at))
            {
                phrase.issue = None;
                draft.set(key, Some(record));
            }
        }
    }
    draft.set::<Issue>(id, None);
    Ok(format!("Issue {} removed", issue.name))
}

/// Defines an own type.
pub(super) fn set_type(draft: &mut Draft<'_>, id: TypeId, own: OwnType) -> Result<String, Refused> {
    needs(&own.name)?;
    let title = match draft.current::<OwnType>(id) {
        None => format!("Type {} added", own.name),
        Some(old) if old.name != own.name => format!("Renamed {} to {}", old.name, own.name),
        Some(_) => format!("Type {} changed", own.name),
    };
    draft.set(id, Some(own));
    Ok(title)
}

/// Names somebody who decides.
pub(super) fn set_coder(
    draft: &mut Draft<'_>,
    id: CoderId,
    name: String,
) -> Result<String, Refused> {
    needs(&name)?;
    let title = format!("Coder {name} set");
    draft.set(id, Some(name));
    Ok(title)
}

/// Names the project.
pub(super) fn rename(draft: &mut Draft<'_>, name: String) -> Result<String, Refused> {
    needs(&name)?;
    let title = format!("Project renamed to {name}");
    draft.set((), Some(ProjectInfo { name }));
    Ok(title)
}
