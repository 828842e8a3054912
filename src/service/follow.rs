//! Notices when another release becomes current. In: a releases folder; out: the service serves what its pointer names. Guarantees:
//! requests never wait for the opening; a release that is not whole is logged and the one before goes on serving.
//! Surprising: the pointer is read every second, because a file of sixteen digits costs nothing and works on every disk.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::live::Live;
use super::off_thread;
use super::site::Site;
use crate::release::{Pointer, Release, ReleaseError};
use crate::worker::WorkerError;

/// How often the pointer is looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// Makes the site of a release that was opened; called where waiting is allowed.
pub type MakeSite = Arc<dyn Fn(Release) -> Result<Site, WorkerError> + Send + Sync>;

/// Serves from now on what the pointer of `releases` names, whenever it is written anew. Never ends.
pub async fn follow(live: Live, releases: PathBuf, make_site: MakeSite) {
    let mut ticks = interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut follower = Follower::new(live, releases, make_site);
    loop {
        ticks.tick().await;
        follower = match off_thread("pointer", move || follower.looked()).await {
            Ok(follower) => follower,
            // A panic in it is in the log; the release that is open goes on serving.
            Err(_) => return,
        };
    }
}

/// One that looks at a pointer again and again.
pub struct Follower {
    live: Live,
    releases: PathBuf,
    make_site: MakeSite,
    /// What the pointer said the last time.
    seen: Option<Pointer>,
}

impl Follower {
    /// A follower of the pointer of `releases`.
    pub fn new(live: Live, releases: PathBuf, make_site: MakeSite) -> Self {
        Self { live, releases, make_site, seen: None }
    }

    fn looked(mut self) -> Self {
        self.look();
        self
    }

    /// Looks at the pointer once and serves what it names if it was written since. Waits until that is open.
    pub fn look(&mut self) {
        // A folder that cannot be read just now says nothing of the release that is open.
        let Ok(pointer) = Pointer::read(&self.releases) else { return };
        let is_first = self.seen.is_none();
        if self.seen.as_ref() == Some(&pointer) {
            return;
        }
        let served = self.live.site().manifest.id.clone();
        let id = pointer.id.clone();
        self.seen = Some(pointer);
        if is_first && id == served {
            return;
        }
        match self.open(&id) {
            Ok(site) => {
                self.live.swap(site);
                tracing::info!(release = id, former = served, "another release is served");
            }
            Err(error) => {
                self.live.metrics().count_refusal();
                tracing::error!(release = id, serving = served, %error, "not served: the one before stays");
            }
        }
    }

    /// Opens a release and reads every byte of it once: there is time, because another is serving.
    fn open(&self, id: &str) -> Result<Site, Refused> {
        let release = Release::open_id(&self.releases, id)?;
        release.check()?;
        Ok((self.make_site)(release)?)
    }
}

/// Why a release is not served.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error(transparent)]
    Workers(#[from] WorkerError),
}
