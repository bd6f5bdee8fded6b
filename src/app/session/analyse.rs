//! Reading articles in the background: what the eyes are on first, one result an article, stale
//! ones dropped.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};

use crate::jobs::{Cancelled, Event, JobCx, Task};
use crate::model::{Article, ArticleId, ArticleState, Findings};
use crate::nlp::timex::KnownTime;
use crate::nlp::{Engine, Input, Known};

/// Articles given to one worker ahead of its answer: one being read, one waiting.
const AHEAD: usize = 2;

/// An article, and what a person decided of its times.
pub(super) struct ToRead {
    pub(super) article: Article,
    pub(super) times: Vec<KnownTime>,
}

impl ToRead {
    pub(super) fn new(state: &ArticleState) -> Self {
        Self {
            article: state.article.clone(),
            times: KnownTime::of(state),
        }
    }
}

struct Request {
    to_read: ToRead,
    known: Arc<Known>,
    generation: u64,
}

/// What became of one article.
pub(super) struct Read {
    /// Which.
    pub(super) article: ArticleId,
    /// What was found; none where the engine broke on it.
    pub(super) findings: Option<Findings>,
    generation: u64,
}

struct Worker {
    requests: SyncSender<Request>,
    task: Task<Read>,
    in_flight: usize,
}

/// The queue of articles to be read, and the threads that read them.
pub(super) struct Analyser {
    engine: Arc<OnceLock<Engine>>,
    queue: VecDeque<ArticleId>,
    /// The newest request for an article that waits or is being read.
    wanted: BTreeMap<ArticleId, u64>,
    workers: Vec<Worker>,
    generation: u64,
    done: u32,
    total: u32,
}

impl Analyser {
    pub(super) fn new(engine: Arc<OnceLock<Engine>>) -> Self {
        Self {
            engine,
            queue: VecDeque::new(),
            wanted: BTreeMap::new(),
            workers: Vec::new(),
            generation: 0,
            done: 0,
            total: 0,
        }
    }

    /// Asks for an article to be read, again if it is being read already.
    pub(super) fn want(&mut self, article: ArticleId) {
        self.generation += 1;
        if self.wanted.insert(article, self.generation).is_none() {
            self.total += 1;
        }
        if !self.queue.contains(&article) {
            self.queue.push_back(article);
        }
    }

    /// Puts an article before all others.
    pub(super) fn hurry(&mut self, article: ArticleId) {
        if let Some(at) = self.queue.iter().position(|queued| *queued == article)
            && at > 0
        {
            self.queue.remove(at);
            self.queue.push_front(article);
        }
    }

    /// Forgets all that waits.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.wanted.clear();
        (self.done, self.total) = (0, 0);
    }

    /// Returns how many are read, of how many; none when nothing is to be read.
    pub(super) fn progress(&self) -> Option<(u32, u32)> {
        (!self.wanted.is_empty()).then_some((self.done, self.total))
    }

    /// Takes what was read, and gives out what waits. `article` looks an article up; what is gone
    /// is not read.
    pub(super) fn poll(
        &mut self,
        wake: &Arc<dyn Fn() + Send + Sync>,
        known: &Arc<Known>,
        article: impl Fn(ArticleId) -> Option<ToRead>,
    ) -> (Vec<Read>, Vec<String>) {
        let (mut reads, mut troubles) = (Vec::new(), Vec::new());
        for worker in &mut self.workers {
            for event in worker.task.poll() {
                match event {
                    Event::Part(read) => {
                        worker.in_flight = worker.in_flight.saturating_sub(1);
                        if self.wanted.get(&read.article) == Some(&read.generation) {
                            self.wanted.remove(&read.article);
                            self.done += 1;
                            reads.push(read);
                        }
                    }
                    Event::Done => worker.in_flight = usize::MAX,
                    Event::Panicked(panicked) => {
                        worker.in_flight = usize::MAX;
                        troubles.push(panicked.to_string());
                    }
                }
            }
        }
        self.workers.retain(|worker| worker.in_flight != usize::MAX);
        self.hand_out(wake, known, article, &mut troubles);
        if self.wanted.is_empty() {
            (self.done, self.total) = (0, 0);
        }
        (reads, troubles)
    }

    fn hand_out(
        &mut self,
        wake: &Arc<dyn Fn() + Send + Sync>,
        known: &Arc<Known>,
        article: impl Fn(ArticleId) -> Option<ToRead>,
        troubles: &mut Vec<String>,
    ) {
        while let Some(id) = self.queue.front().copied() {
            let Some(generation) = self.wanted.get(&id).copied() else {
                self.queue.pop_front();
                continue;
            };
            let Some(to_read) = article(id) else {
                self.queue.pop_front();
                self.wanted.remove(&id);
                self.total = self.total.saturating_sub(1);
                continue;
            };
            let Some(worker) = self.free_worker(wake, troubles) else {
                return;
            };
            let request = Request {
                to_read,
                known: Arc::clone(known),
                generation,
            };
            if worker.requests.try_send(request).is_err() {
                return;
            }
            worker.in_flight += 1;
            self.queue.pop_front();
        }
    }

    fn free_worker(
        &mut self,
        wake: &Arc<dyn Fn() + Send + Sync>,
        troubles: &mut Vec<String>,
    ) -> Option<&mut Worker> {
        let least = self.workers.iter().map(|worker| worker.in_flight).min();
        if least.is_none_or(|least| least >= 1) && self.workers.len() < worker_count() {
            match self.start_worker(wake) {
                Ok(worker) => self.workers.push(worker),
                Err(error) => troubles.push(error.to_string()),
            }
        }
        let worker = self
            .workers
            .iter_mut()
            .min_by_key(|worker| worker.in_flight)?;
        (worker.in_flight < AHEAD).then_some(worker)
    }

    fn start_worker(&self, wake: &Arc<dyn Fn() + Send + Sync>) -> std::io::Result<Worker> {
        let (requests, inbox) = sync_channel::<Request>(AHEAD);
        let engine = Arc::clone(&self.engine);
        let task = Task::start("analysis", Arc::clone(wake), move |cx| {
            while let Ok(request) = inbox.recv() {
                cx.cancel.check()?;
                cx.send(read(engine.get_or_init(Engine::embedded), &request, cx)?)?;
            }
            Ok(())
        })?;
        Ok(Worker {
            requests,
            task,
            in_flight: 0,
        })
    }
}

/// One core is left to the window.
fn worker_count() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| (cores.get() - 1).clamp(1, 6))
}

/// An article that breaks the engine costs this article only.
fn read(engine: &Engine, request: &Request, cx: &JobCx<Read>) -> Result<Read, Cancelled> {
    let ToRead { article, times } = &request.to_read;
    let input = Input {
        text: &article.text.body,
        text_hash: &article.text.hash,
        title: &article.meta.title,
        dct: article.meta.dct.map(|dct| dct.date),
        times,
    };
    let answer = catch_unwind(AssertUnwindSafe(|| {
        engine.analyse(input, &request.known, &cx.cancel)
    }));
    let findings = match answer {
        Ok(findings) => Some(findings?),
        Err(_panic) => None,
    };
    Ok(Read {
        article: article.id,
        findings,
        generation: request.generation,
    })
}
