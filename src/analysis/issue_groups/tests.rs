//! Phrases, groups, and what a group catches.

use super::*;
use crate::analysis::Joined;
use crate::analysis::fixtures::{Fixture, issue};
use crate::model::{Act, Issue, IssueLink, Polarity, Project};

fn id(name: &str) -> IssueId {
    IssueId::hashed(&[name.as_bytes()])
}

fn counted(names: &[(&'static str, usize)]) -> Vec<PhraseCount<'static>> {
    let phrase = |&(name, count): &(&'static str, usize)| PhraseCount {
        phrase: id(name),
        name,
        count,
        first: None,
    };
    names.iter().map(phrase).collect()
}

fn check(names: &[(&'static str, usize)], expected: &[&[(&str, bool)]]) {
    let found = propose_groups(&counted(names), &Codebook::default());
    let expected: Vec<Vec<(IssueId, bool)>> = expected
        .iter()
        .map(|group| group.iter().map(|&(n, turned)| (id(n), turned)).collect())
        .collect();
    let found: Vec<_> = found.into_iter().map(|g| g.phrases).collect();
    assert_eq!(found, expected);
}

#[test]
fn words_for_one_thing_join_phrases() {
    check(
        &[
            ("talk", 5),
            ("resumption of dialogue", 2),
            ("muscat meeting", 3),
            ("fish quota", 9),
        ],
        &[&[
            ("talk", false),
            ("muscat meeting", false),
            ("resumption of dialogue", false),
        ]],
    );
}

#[test]
fn direction_words_turn_the_side_and_join_nothing_by_themselves() {
    check(
        &[
            ("curfew", 4),
            ("end to the curfew", 1),
            ("end to the levy", 1),
        ],
        &[&[("curfew", false), ("end to the curfew", true)]],
    );
}

#[test]
fn two_topics_that_share_a_third_stay_apart() {
    check(
        &[
            ("grain export", 3),
            ("oil price cap", 3),
            ("grain export and oil price cap", 1),
        ],
        &[&[
            ("grain export", false),
            ("grain export and oil price cap", false),
        ]],
    );
}

fn link(words: &str, reversed: bool) -> IssueLink {
    IssueLink {
        phrase: id(words),
        reversed,
        words: words.to_owned(),
    }
}

/// *Sanctions on Velmora*, to which the end of the embargo is joined, turned.
fn sanctions() -> Codebook {
    let issue = Issue {
        name: "Sanctions on Velmora".to_owned(),
        links: [link("end to the embargo", true)].into(),
        apart: [id("velmora sanctions report")].into(),
        ..Issue::default()
    };
    Codebook {
        issues: [(id("velmora"), issue)].into(),
        ..Codebook::default()
    }
}

#[test]
fn a_grouping_once_made_catches_later_phrases() {
    let matcher = IssueMatcher::new(&sanctions());
    let asked = |phrase: &str| matcher.find(id(phrase), phrase);
    let found = |turned| Some((id("velmora"), turned));
    assert_eq!(asked("lift sanction on velmora"), found(true));
    assert_eq!(asked("velmora sanctions"), found(false));
    assert_eq!(asked("end of the embargo"), found(true));
    assert_eq!(asked("the embargo"), found(false));
    for other in [
        "fish quota",
        "",
        "sanctions on lorvik",
        "velmora grain exports and embargo talks",
        // Kept apart by the person.
        "velmora sanctions report",
    ] {
        assert_eq!(asked(other), None, "{other}");
    }
}

#[test]
fn what_is_caught_counts_for_the_issue_and_no_decision_is_turned() {
    let (mut project, _) = Fixture::new()
        .on(
            "Velmora",
            "end to the embargo",
            Act::Request,
            Polarity::Support,
        )
        .next_article()
        .on(
            "Astrany",
            "velmora sanctions",
            Act::Support,
            Polarity::Support,
        )
        .on(
            "Lorvik",
            "lifting of sanctions on velmora",
            Act::Support,
            Polarity::Support,
        )
        .confirmed()
        .on("Lorvik", "fish quota", Act::Support, Polarity::Support)
        .build();
    let before = project.clone();
    let mut view = ProjectView::new(&project, &Joined::default());
    project.codebook = sanctions();
    view.update(&before, &project, &Joined::default());
    let told = |project: &Project, view: &ProjectView| {
        assert_eq!(*view, ProjectView::new(project, &Joined::default()));
        let rows = view.statements().filter_map(|(_, row)| {
            let issue = row.value.issue.as_ref()?.issue?;
            Some((view.issues[&issue].name.clone(), row.value.polarity_issue?))
        });
        rows.collect::<Vec<_>>()
    };
    let on = |side| ("Sanctions on Velmora".to_owned(), side);
    let fish = ("fish quota".to_owned(), Polarity::Support);
    use Polarity::{Oppose, Support};
    let all = [on(Oppose), on(Support), on(Oppose), fish.clone()];
    assert_eq!(told(&project, &view), all);
    // And it is open to a group no more.
    let open = open_phrases(&view, &project.codebook);
    assert_eq!(
        (open.len(), open[0].name, open[0].count),
        (1, "fish quota", 1)
    );
    // What a person put on an issue of its own stays there.
    let named = project.clone();
    let own = Issue {
        name: "Lifting".to_owned(),
        ..Issue::default()
    };
    let phrase = issue("lifting of sanctions on velmora");
    project.codebook.issues.insert(phrase, own);
    view.update(&named, &project, &Joined::default());
    let lifted = ("Lifting".to_owned(), Support);
    assert_eq!(
        told(&project, &view),
        [on(Oppose), on(Support), lifted, fish]
    );
}

#[test]
fn what_a_person_grouped_is_not_proposed_again_but_what_only_holds_is() {
    let phrases = counted(&[("talk", 2), ("dialogue", 1)]);
    let mut codebook = Codebook::default();
    let plain = |name: &str| Issue {
        name: name.to_owned(),
        ..Issue::default()
    };
    let talk = IssueId::of_phrase("talk");
    codebook.issues.insert(talk, plain("talk"));
    let mut own = phrases.clone();
    own[0].phrase = talk;
    assert_eq!(propose_groups(&own, &codebook).len(), 1);
    let group = Issue {
        links: [link("dialogue", false)].into(),
        ..plain("Talks")
    };
    codebook.issues.insert(talk, group);
    assert_eq!(propose_groups(&own, &codebook), []);
}
