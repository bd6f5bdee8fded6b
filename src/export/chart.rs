//! A chart of a project as a whole figure: the marks from `figure`, the words around them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::analysis::{
    Bin, CompareBy, Compared, Comparison, Filter, LaneKind, LaneTime, Lanes, MatrixLimits,
    MatrixOrder, Network, NetworkKind, NetworkOptions, Normalisation, Period, Periods, Picked,
    ProjectView, Repeats, RowOrder, Shown, Status, TimelineLane, comparison, counted, date_words,
    density, filter_sentence, filter_words, halves, matrix, network, span_words, stance_by_actor,
    stance_by_period, stance_by_value, timeline, trend,
};
use crate::export::{MARGIN, Shipped};
use crate::figure::network::layout::{Arrangement, Plan};
use crate::figure::scene::Scene;
use crate::figure::{
    bars, compare as compare_figure, frame::Words, matrix as matrix_figure,
    network as network_figure, timeline as timeline_figure, trend as trend_figure,
};
use crate::model::{ArticleId, CoderId, DateSpan, FieldId, Project};

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Stance by actor as diverging bars, with columns by period where there are any.
    Bars(RowOrder, Period),
    /// The same by the values of a field of the person's own.
    Values(RowOrder, FieldId),
    /// Holder × target and issue.
    Matrix(MatrixOrder),
    /// Lanes over time.
    Timeline(Lanes),
    /// Two periods side by side.
    Comparison,
    /// Actors and what ties them.
    Network(NetworkOptions),
    /// Positions on each issue and how they moved.
    Issues,
}

/// Most rows of an exported chart.
const MOST_ROWS: usize = 30;

impl Chart {
    /// Returns the title that stands where the person wrote none.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Bars(..) => "Who supports and who opposes",
            Self::Values(..) => "Support and opposition by coded value",
            Self::Matrix(_) => "Who takes which position, towards whom and on what",
            Self::Timeline(lanes) => match lanes.by {
                LaneKind::Actor => "Positions over time, by actor",
                LaneKind::Issue => "Positions over time, by issue",
                LaneKind::Act => "Positions over time, by act",
                LaneKind::Article => "Publications, positions and dates, by article",
                LaneKind::Outlet => "Publications and positions, by outlet",
            },
            Self::Comparison => "What changed between two periods",
            Self::Issues => "Who is for and against, and how that moved",
            Self::Network(options) => match options.kind {
                NetworkKind::Direct => "Who supports and who opposes whom",
                NetworkKind::Congruence => "Who takes the same side on issues",
                NetworkKind::Conflict => "Who takes opposite sides on issues",
                NetworkKind::Subtract => "Who agrees and who disagrees on issues",
            },
        }
    }

    fn subtitle(self, project: &Project, filter: &Filter) -> String {
        let on = if filter.issues.is_empty() {
            "on all issues and targets"
        } else {
            "on the chosen issues"
        };
        match self {
            Self::Bars(_, period) => {
                let by = match period {
                    Period::All => String::new(),
                    period => format!("; at the right {}", period.name().to_lowercase()),
                };
                format!("Statements {on}, by who holds the position, number of statements{by}")
            }
            Self::Values(_, field) => {
                let known = project.codebook.fields.get(&field);
                let name = known.map_or("a field", |field| field.name.as_str());
                format!("Statements {on}, by the values of {name}, number of statements")
            }
            Self::Matrix(_) => {
                "Rows hold, columns receive; numbers of statements, tint: the larger side"
                    .to_owned()
            }
            Self::Timeline(lanes) => match lanes.time {
                LaneTime::Event => "One mark is the statements of one day and side",
                LaneTime::Publication => {
                    "One mark is the statements of one day of publication and side"
                }
            }
            .to_owned(),
            Self::Comparison => {
                format!("Statements {on} in two periods, by what changed most; pale: the first")
            }
            Self::Network(options) => network_subtitle(options, on),
            Self::Issues => {
                "Numbers of statements, and the position over time: support above, oppose below"
                    .to_owned()
            }
        }
    }
}

/// What a figure is made of.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The project.
    pub project: &'a Project,
    /// What holds.
    pub view: &'a ProjectView,
    /// What is asked for.
    pub filter: &'a Filter,
    /// Which chart.
    pub chart: Chart,
    /// The person's own title; empty for the default.
    pub title: &'a str,
    /// Width of the picture in points, its margin included.
    pub width: f32,
    /// Day of the export.
    pub today: Date,
    /// Where the actors of the network stand on screen; for a network that it does not fit they are
    /// arranged anew from there.
    pub arranged: &'a Arrangement,
    /// The two periods that are compared; none for the halves of all days.
    pub compared: Option<Compared>,
}

fn network_subtitle(options: NetworkOptions, on: &str) -> String {
    let Some(term) = options.kind.term() else {
        return "Ties are statements of one actor towards another, by their number".to_owned();
    };
    let divided = match options.normalisation {
        Normalisation::None => String::new(),
        Normalisation::Average => ", divided by average activity".to_owned(),
        Normalisation::Jaccard => ", normalised by Jaccard".to_owned(),
        Normalisation::Cosine => ", normalised by cosine".to_owned(),
    };
    let repeats = match options.repeats {
        Repeats::Once => "each position once",
        Repeats::PerArticle => "each position once a story",
        Repeats::All => "each statement",
    };
    format!("Discourse network ({term}) of positions {on}: {repeats}{divided}")
}

/// Returns the network that a request asks for, and where its actors stand.
#[must_use]
pub fn arranged_network(request: Request<'_>, options: NetworkOptions) -> (Network, Arrangement) {
    let made = network(request.project, request.view, request.filter, options);
    let plan = Plan::new(&made, request.arranged);
    if plan.key() == request.arranged.key {
        return (made, request.arranged.clone());
    }
    let arranged = plan.run(&|| false).unwrap_or_default();
    (made, arranged)
}

/// Returns the figure.
#[must_use]
pub fn scene(request: Request<'_>) -> Scene {
    let Request {
        project,
        view,
        filter,
        chart,
        width,
        ..
    } = request;
    let width = width.clamp(240.0, 4000.0) - 2.0 * MARGIN;
    match chart {
        Chart::Bars(order, period) => bars_scene(request, width, order, period),
        Chart::Values(order, field) => values_scene(request, width, order, field),
        Chart::Matrix(order) => {
            let cells = matrix(project, view, filter, order, MatrixLimits::default());
            let (rows, actors, issues) = cells.left_out;
            let note = [
                left_out(rows, "holder"),
                left_out(actors, "target"),
                left_out(issues, "issue"),
            ]
            .concat();
            matrix_figure::scene(&cells, view, &words(request, &note), width, &Shipped)
        }
        Chart::Timeline(lanes) => timeline_scene(request, lanes, width),
        Chart::Comparison => comparison_scene(request, width),
        Chart::Issues => {
            let made = trend(project, view, filter);
            let note = left_out(trend_figure::left_out(&made), "issue");
            trend_figure::scene(&made, view, &words(request, &note), width, &Shipped)
        }
        Chart::Network(options) => {
            let (made, arranged) = arranged_network(request, options);
            let drawn = network_figure::chart(&made, &arranged, view);
            let mut note = left_out(made.left_out, "actor");
            if made.neither > 0 {
                note += &format!(
                    "; {} take neither side and tie nobody",
                    counted(made.neither, "statement")
                );
            }
            if drawn.weak > 0 {
                note += &format!("; {} not drawn", counted(drawn.weak, "weaker tie"));
            }
            network_figure::scene(&drawn, &words(request, &note), width, &Shipped)
        }
    }
}

/// Leaves what may lie in these days; lanes without any go.
fn limit(lanes: &mut Vec<TimelineLane>, days: DateSpan) {
    for lane in lanes.iter_mut() {
        lane.items.retain(|item| item.when.touches(days));
        (lane.undated, lane.hidden) = (0, 0);
        limit(&mut lane.parts, days);
    }
    lanes.retain(|lane| !lane.items.is_empty());
}

fn comparison_scene(request: Request<'_>, width: f32) -> Scene {
    let made = comparison_of(request);
    let noun = match made.periods.by {
        CompareBy::Actor => "holder",
        CompareBy::Act => "act",
        CompareBy::Issue => "issue",
    };
    let left = made.rows.len().saturating_sub(MOST_ROWS);
    let mut note = match left {
        0 => String::new(),
        left => format!("; {} that changed less not shown", counted(left, noun)),
    };
    if !made.unsure.is_empty() {
        let unsure = counted(made.unsure.len(), "statement");
        note += &format!("; {unsure} dated less exactly not counted");
    }
    let rows = made.rows.iter();
    let refs = rows.flat_map(|row| row.first.refs().chain(row.second.refs()));
    let open = Filter {
        dates: None,
        picked: Some(Picked::new("the two periods", refs)),
        ..request.filter.clone()
    };
    let words = words(
        Request {
            filter: &open,
            ..request
        },
        &note,
    );
    compare_figure::scene(&made, MOST_ROWS, &words, width, &Shipped)
}

/// Returns the counts of the two periods that a request asks for: the ones that are compared on
/// screen, else the halves of the filter's days or of all.
#[must_use]
pub fn comparison_of(request: Request<'_>) -> Comparison {
    let Request {
        project,
        view,
        filter,
        compared,
        today,
        ..
    } = request;
    let halved = || {
        let lanes = timeline(project, view, filter, LaneKind::Actor);
        let fitted = || timeline_figure::fit(&lanes).map(|(days, _)| days);
        let days = filter.dates.or_else(fitted);
        let (first, second) = halves(days.unwrap_or(DateSpan::day(today)));
        let by = CompareBy::default();
        Compared { first, second, by }
    };
    comparison(project, view, filter, compared.unwrap_or_else(halved))
}

fn left_out(count: usize, noun: &str) -> String {
    match count {
        0 => String::new(),
        count => format!("; {} with fewer statements not shown", counted(count, noun)),
    }
}

fn timeline_scene(request: Request<'_>, cut: Lanes, width: f32) -> Scene {
    let Request {
        project,
        view,
        filter,
        today,
        ..
    } = request;
    let mut lanes = timeline(project, view, filter, cut);
    let mut outside_days = 0;
    if let Some(days) = filter.dates {
        let before = lanes.lanes.len();
        limit(&mut lanes.lanes, days);
        outside_days = before - lanes.lanes.len();
    }
    let empty = DateSpan::day(today);
    let (days, outside) = match filter.dates {
        Some(days) => (days, 0),
        None => timeline_figure::fit(&lanes).unwrap_or((empty, 0)),
    };
    let bin = bin_for(days, width * 0.75);
    let bars = density(project, view, filter, bin);
    let asked = lanes.lanes.iter().filter(|lane| lane.asked).count();
    let noun = match cut.by {
        LaneKind::Actor => "holder",
        LaneKind::Issue => "issue",
        LaneKind::Act => "act",
        LaneKind::Article => "article",
        LaneKind::Outlet => "outlet",
    };
    let mut note = left_out(asked.saturating_sub(MOST_ROWS), noun);
    if outside_days > 0 {
        let lanes = counted(outside_days, noun);
        note.push_str(&format!("; {lanes} with nothing in these days not shown"));
    }
    if lanes.hidden > 0 {
        note.push_str(&format!("; {} hidden by hand", lanes.hidden));
    }
    if outside > 0 {
        note.push_str(&format!(
            "; {outside} dated outside {} not shown",
            span_words(days)
        ));
    }
    let input = timeline_figure::Input {
        timeline: &lanes,
        density: &bars,
        bin: bin.name(),
        days,
        most_lanes: MOST_ROWS,
        project,
        view,
        today,
    };
    timeline_figure::scene(input, &words(request, &note), width, &Shipped)
}

/// Returns the smallest bin whose bars are at least 4 points wide.
#[must_use]
pub fn bin_for(days: DateSpan, width: f32) -> Bin {
    timeline_figure::bin_for(timeline_figure::window(days, width))
}

fn words(request: Request<'_>, note: &str) -> Words {
    let Request {
        project,
        view,
        filter,
        chart,
        title,
        today,
        ..
    } = request;
    let shown = Shown::count(project, view, filter);
    let mut shows = filter_sentence(&filter_words(project, view, filter, shown));
    shows.push_str(note);
    if filter.offices {
        shows.push_str("; offices counted with their state");
    }
    shows.push('.');
    let title = title.trim();
    Words {
        title: if title.is_empty() {
            chart.title()
        } else {
            title
        }
        .to_owned(),
        subtitle: chart.subtitle(project, filter),
        shows,
        source: source(project, view, filter, today),
    }
}

fn bars_scene(request: Request<'_>, width: f32, order: RowOrder, period: Period) -> Scene {
    let (project, view, filter) = (request.project, request.view, request.filter);
    let mut rows = stance_by_actor(project, view, filter, order);
    rows.retain(|row| row.asked);
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let words = words(request, &left_out(left, "holder"));
    let periods = stance_by_period(project, view, filter, period);
    let bars = bars::bars(&rows, view);
    bars::scene(&bars, &periods, &words, width, &Shipped)
}

fn values_scene(request: Request<'_>, width: f32, order: RowOrder, field: FieldId) -> Scene {
    let (project, view, filter) = (request.project, request.view, request.filter);
    let mut rows = stance_by_value(project, view, filter, (field, order));
    rows.retain(|row| row.asked);
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let words = words(request, &left_out(left, "value"));
    let bars = bars::value_bars(&rows, field);
    bars::scene(&bars, &Periods::default(), &words, width, &Shipped)
}

/// *48 articles from 9 outlets, in karsa, coded by MK and one other. Made with Demarche 0.1.0 on 14
/// March 2026.*
fn source(project: &Project, view: &ProjectView, filter: &Filter, today: Date) -> String {
    let mut articles: BTreeSet<ArticleId> = BTreeSet::new();
    let mut coders: BTreeSet<CoderId> = BTreeSet::new();
    for (at, row) in filter.each_statement(project, view) {
        articles.insert(at.article);
        match row.status {
            Status::Confirmed { coder, .. } | Status::Added { coder, .. } => {
                coders.insert(coder);
            }
            Status::Suggested { .. } => {}
        }
    }
    let outlets: BTreeSet<&str> = articles
        .iter()
        .filter_map(|id| project.articles.get(id)?.article.meta.outlet.as_deref())
        .collect();
    let mut source = counted(articles.len(), "article");
    if !outlets.is_empty() {
        source.push_str(&format!(" from {}", counted(outlets.len(), "outlet")));
    }
    if !project.info.name.is_empty() {
        source.push_str(&format!(", in {}", project.info.name));
    }
    let name = |id: &CoderId| project.coders.get(id).map_or("a coder", String::as_str);
    let coders: Vec<&str> = coders.iter().map(name).collect();
    match coders.as_slice() {
        [] => source.push_str(", suggested by the software and not yet reviewed"),
        [one] => source.push_str(&format!(", coded by {one}")),
        [one, others @ ..] => {
            let others = others.len();
            source.push_str(&format!(
                ", coded by {one} and {}",
                counted(others, "other")
            ));
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    source.push_str(&format!(
        ". Made with Demarche {version} on {}.",
        date_words(today)
    ));
    source
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LaneOrder;
    use crate::analysis::fixtures::{Fixture, entity, march};
    use crate::export::{pdf, png, svg};
    use crate::model::{Act, Polarity};

    fn fixture() -> (Project, ProjectView) {
        Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .confirmed()
            .says("Velmora & Sons", "Astrany", Act::Accuse, Polarity::Oppose)
            .dated("2026-02-13/2026-04")
            .next_article()
            .on("Astrany", "hotline", Act::Support, Polarity::Support)
            .dated("2026-03-02")
            .build()
    }

    const fn lanes(by: LaneKind) -> Lanes {
        Lanes {
            by,
            then: None,
            order: LaneOrder::Usual,
            time: crate::analysis::LaneTime::Event,
            shows_hidden: false,
        }
    }

    const CHARTS: [Chart; 7] = [
        Chart::Comparison,
        Chart::Issues,
        Chart::Bars(RowOrder::MostStatements, Period::Week),
        Chart::Matrix(MatrixOrder::Blocs),
        Chart::Timeline(lanes(LaneKind::Actor)),
        Chart::Timeline(lanes(LaneKind::Article)),
        Chart::Network(NetworkOptions {
            kind: NetworkKind::Direct,
            normalisation: Normalisation::None,
            repeats: Repeats::Once,
        }),
    ];

    fn figure(chart: Chart, filter: &Filter, title: &str) -> Scene {
        let (project, view) = fixture();
        scene(Request {
            project: &project,
            view: &view,
            filter,
            chart,
            title,
            width: 520.0,
            today: march(14),
            arranged: &Arrangement::default(),
            compared: None,
        })
    }

    #[test]
    fn each_chart_is_written_in_all_formats_and_its_title_leaves_ink() {
        let filter = Filter::default();
        for chart in CHARTS {
            let written = svg(&figure(chart, &filter, "Velmora <opposes>"));
            assert!(written.contains("Velmora &lt;opposes&gt;"));
            let with = png(&written, 1.0).unwrap();
            let without = svg(&figure(chart, &filter, "\u{200B}"));
            assert_ne!(with, png(&without, 1.0).unwrap(), "fonts are loaded");
            assert!(pdf(&written, "t").unwrap().starts_with(b"%PDF"));
        }
    }

    /// From an hour to a century and with the shipped fonts, at any width: no label of the axis runs
    /// into the next.
    #[test]
    fn labels_of_the_axis_are_apart_with_the_real_fonts() {
        use crate::figure::axis::{AxisStyle, Window, axis};
        use crate::figure::scene::{Face, Measure as _, style};
        for at in 0..400_u32 {
            let share = f64::from(at) / 400.0;
            let days = 10_f64.powf(-1.4 + share * 6.2);
            let from = 20_000.0 + f64::from(at) * 37.31;
            let width = 90.0 + f32::from(u16::try_from(at * 7 % 1900).unwrap());
            let one_tier = at % 3 == 0;
            let window = Window {
                from,
                to: from + days,
                width,
            };
            let made = axis(
                window,
                AxisStyle {
                    size: 9.0,
                    one_tier,
                },
                &Shipped,
            );
            for tier in [&made.upper, &made.lower] {
                for pair in tier.windows(2) {
                    let face = if pair[0].strong {
                        Face::UiSemibold
                    } else {
                        Face::Ui
                    };
                    let end = pair[0].text_x + Shipped.width(&pair[0].words, style(face, 9.0));
                    assert!(end <= pair[1].text_x, "{pair:?} of {days} days in {width}");
                }
            }
        }
    }

    #[test]
    fn the_days_of_the_filter_leave_out_lanes_with_nothing_in_them() {
        let filter = Filter {
            dates: Some(DateSpan {
                first: march(2),
                last: march(3),
            }),
            ..Filter::default()
        };
        let scene = figure(Chart::Timeline(lanes(LaneKind::Actor)), &filter, "");
        let said = &scene.description;
        assert!(
            said.contains("1 holder with nothing in these days not shown"),
            "{said}"
        );
    }

    #[test]
    fn words_say_what_is_shown_and_where_it_is_from() {
        let mut filter = Filter::default();
        filter.holders.insert(entity("Velmora"));
        let scene = figure(CHARTS[2], &filter, "");
        assert_eq!(scene.title, "Who supports and who opposes");
        let said = &scene.description;
        for wanted in [
            "Shows 1 of 3 statements in 1 of 2 articles held by Velmora and its offices",
            "1 article from 1 outlet, coded by a coder. Made with Demarche",
            "on 14 March 2026.",
        ] {
            assert!(said.contains(wanted), "{wanted} in {said}");
        }
        let names: Vec<_> = scene.marks.iter().map(|mark| mark.name.as_str()).collect();
        assert!(names.contains(&"Velmora, 1 oppose"));
        assert!(!names.iter().any(|name| name.starts_with("Astrany")));
    }
}
