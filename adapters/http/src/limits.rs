//! How much a window may ask for: what one call may carry, how many may run at once, and how fast they may follow each
//! other.
//!
//! tower's own layers are not used for these: its concurrency and rate limits let a request wait, and what waits holds
//! its body in memory. Here a call over a limit is answered at once, with a code that a page can act on.

use std::{fmt, num::NonZero, sync::Arc, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter, clock::Clock as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How much the page of a window may ask for. What is over a limit is refused with a code, and nothing waits.
///
/// ```
/// use std::time::Duration;
/// use portcullis_http::Limits;
///
/// let limits = Limits::new()
///     .body(16 * 1024 * 1024)
///     .calls_at_once(64)
///     .rate(100, Duration::from_secs(1), 500);
/// ```
///
/// All pages of one window share its limits.
#[derive(Clone, Debug)]
#[must_use = "limits are given to `Program::limits`"]
pub struct Limits {
    pub(crate) body: usize,
    calls_at_once: usize,
    streams_at_once: usize,
    lines_at_once: usize,
    rate: Option<Quota>,
    openings: Option<Quota>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

impl Limits {
    /// A body of 2 MiB; 256 calls, 128 streams and 64 lines at once; 5,000 calls a second, after a burst of 20,000; one try to
    /// open a link a second, after a burst of 30.
    pub fn new() -> Self {
        Self {
            body: 2 * 1024 * 1024,
            calls_at_once: 256,
            streams_at_once: 128,
            lines_at_once: 64,
            rate: quota(5_000, Duration::from_secs(1), 20_000),
            openings: quota(1, Duration::from_secs(1), 30),
        }
    }

    /// The most bytes that the arguments of a call may have. Over it: 413 `too_large`.
    pub fn body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// The most calls of a window that may be under way at once. Over it: 429 `too_many`.
    ///
    /// With [`body`](Self::body) it also bounds the memory that the arguments of a window may take: a call counts until its
    /// command has ended, which a `blocking` one may do long after it was given up.
    pub fn calls_at_once(mut self, calls: usize) -> Self {
        self.calls_at_once = calls.min(Semaphore::MAX_PERMITS);
        self
    }

    /// The most streams of a window (what a command or an event sends in parts) that may be open at once. Over it: 429
    /// `too_many`.
    pub fn streams_at_once(mut self, streams: usize) -> Self {
        self.streams_at_once = streams.min(Semaphore::MAX_PERMITS);
        self
    }

    /// The most lines of a window (the WebSocket that `/portcullis.js` opens, one for each page) that may be open at once.
    /// Over it: 429 `too_many`, and that page does without: it calls by requests, and hears no events.
    pub fn lines_at_once(mut self, lines: usize) -> Self {
        self.lines_at_once = lines.min(Semaphore::MAX_PERMITS);
        self
    }

    /// How many calls a window may make in a span of time once it has made `burst` of them at once. Over it: 429
    /// `too_many`, with a `Retry-After`.
    ///
    /// A 0 counts as 1: to let nothing through, serve no window.
    pub fn rate(mut self, calls: u32, per: Duration, burst: u32) -> Self {
        self.rate = quota(calls, per, burst);
        self
    }

    /// Lets a window call as fast as it can.
    pub fn any_rate(mut self) -> Self {
        self.rate = None;
        self
    }

    /// How often a code may be tried to open a window with ([`Sessions`](crate::Sessions)), right or wrong, as
    /// [`rate`](Self::rate) says it for calls.
    pub fn openings(mut self, tries: u32, per: Duration, burst: u32) -> Self {
        self.openings = quota(tries, per, burst);
        self
    }
}

/// `None` if it is none, which these arguments cannot be.
fn quota(times: u32, per: Duration, burst: u32) -> Option<Quota> {
    let burst = NonZero::new(burst).unwrap_or(NonZero::<u32>::MIN);
    // One nanosecond is the least that a quota can measure.
    let each = per.checked_div(times.max(1)).unwrap_or(per).max(Duration::from_nanos(1));
    Quota::with_period(each).map(|quota| quota.allow_burst(burst))
}

/// What a window has asked for so far, held against its limits.
pub(crate) struct Meter {
    calls: Gauge,
    streams: Gauge,
    lines: Gauge,
    rate: Option<DefaultDirectRateLimiter>,
    openings: Option<DefaultDirectRateLimiter>,
}

struct Gauge {
    free: Arc<Semaphore>,
    most: usize,
}

/// A place among the calls, the streams or the lines that a window may have at once: free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Slot(Arc<OwnedSemaphorePermit>);

impl Slot {
    /// What keeps the place taken for as long as it is held elsewhere too.
    pub(crate) fn kept(&self) -> Arc<OwnedSemaphorePermit> {
        Arc::clone(&self.0)
    }
}

/// Which limit is reached.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// As many calls are under way as may be.
    Calls(usize),
    /// As many streams are open as may be.
    Streams(usize),
    /// As many lines are open as may be.
    Lines(usize),
    /// Calls follow each other too fast. One more is welcome after this time.
    Rate(Duration),
    /// Codes are tried too fast. One more may be tried after this time.
    Openings(Duration),
}

impl Meter {
    pub(crate) fn new(limits: &Limits) -> Self {
        let gauge = |most| Gauge { free: Arc::new(Semaphore::new(most)), most };
        Self {
            calls: gauge(limits.calls_at_once),
            streams: gauge(limits.streams_at_once),
            lines: gauge(limits.lines_at_once),
            rate: limits.rate.map(RateLimiter::direct),
            openings: limits.openings.map(RateLimiter::direct),
        }
    }

    /// Lets one more call begin: hold the slot until it has been answered.
    pub(crate) fn begin_call(&self) -> Result<Slot, Busy> {
        let slot = self.calls.take().ok_or(Busy::Calls(self.calls.most))?;
        pace(self.rate.as_ref()).map_err(Busy::Rate)?;
        Ok(slot)
    }

    /// Lets one more stream be open: hold the slot until it has ended. The call that opens it is a call too, and its
    /// slot may go once the stream has begun.
    pub(crate) fn begin_stream(&self) -> Result<Slot, Busy> {
        self.streams.take().ok_or(Busy::Streams(self.streams.most))
    }

    /// Lets one more line be open: hold the slot until it has ended.
    pub(crate) fn begin_line(&self) -> Result<Slot, Busy> {
        self.lines.take().ok_or(Busy::Lines(self.lines.most))
    }

    /// Lets a code be tried.
    pub(crate) fn begin_opening(&self) -> Result<(), Busy> {
        pace(self.openings.as_ref()).map_err(Busy::Openings)
    }
}

/// How long to wait, if it is too early.
fn pace(limiter: Option<&DefaultDirectRateLimiter>) -> Result<(), Duration> {
    let Some(limiter) = limiter else { return Ok(()) };
    limiter.check().map_err(|early| early.wait_time_from(limiter.clock().now()))
}

impl Gauge {
    fn take(&self) -> Option<Slot> {
        Arc::clone(&self.free).try_acquire_owned().ok().map(|place| Slot(Arc::new(place)))
    }
}

impl Busy {
    /// In whole seconds, as `Retry-After` says it.
    pub(crate) fn retry_after(&self) -> u64 {
        match self {
            Self::Calls(_) | Self::Streams(_) | Self::Lines(_) => 1,
            Self::Rate(wait) | Self::Openings(wait) => {
                wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1)
            }
        }
    }
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calls(most) => write!(
                f,
                "this window has {most} calls under way, which is as many as it may have at once: wait for one to end"
            ),
            Self::Streams(most) => write!(
                f,
                "this window has {most} streams open, which is as many as it may have at once: end one first"
            ),
            Self::Lines(most) => write!(
                f,
                "this window has {most} lines open, which is as many as it may have at once: close a page first"
            ),
            Self::Rate(_) => write!(
                f,
                "this window calls faster than it may: call again in {} s, and less often",
                self.retry_after()
            ),
            Self::Openings(_) => {
                write!(f, "links of this window are opened too often: try again in {} s", self.retry_after())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn a_slot_is_free_again_when_it_is_dropped() {
        let meter = Meter::new(&Limits::new().calls_at_once(2).streams_at_once(1));
        let (one, _two) = (meter.begin_call().unwrap(), meter.begin_call().unwrap());
        assert_eq!(meter.begin_call().unwrap_err(), Busy::Calls(2));
        drop(one);
        assert!(meter.begin_call().is_ok());
        let stream = meter.begin_stream().unwrap();
        assert_eq!(meter.begin_stream().unwrap_err(), Busy::Streams(1));
        drop(stream);
        assert!(meter.begin_stream().is_ok());
    }

    #[test]
    fn a_burst_is_used_up_once() {
        let meter = Meter::new(&Limits::new().rate(1, HOUR, 2));
        assert!(meter.begin_call().is_ok() && meter.begin_call().is_ok());
        let busy = meter.begin_call().unwrap_err();
        assert!(matches!(busy, Busy::Rate(_)) && (1..=3600).contains(&busy.retry_after()), "{busy:?}");
        assert_eq!(Busy::Rate(Duration::from_millis(1200)).retry_after(), 2);
    }

    #[test]
    fn a_call_over_the_number_at_once_does_not_use_up_the_rate() {
        let meter = Meter::new(&Limits::new().calls_at_once(1).rate(1, HOUR, 2));
        let one = meter.begin_call().unwrap();
        assert_eq!(meter.begin_call().unwrap_err(), Busy::Calls(1));
        drop(one);
        assert!(meter.begin_call().is_ok());
    }

    #[test]
    fn odd_settings_are_settings_too() {
        let meter = Meter::new(&Limits::new().rate(0, Duration::ZERO, 0).calls_at_once(usize::MAX));
        assert!(meter.begin_call().is_ok());
        let meter = Meter::new(&Limits::new().any_rate().calls_at_once(0));
        assert_eq!(meter.begin_call().unwrap_err(), Busy::Calls(0));
    }
}
