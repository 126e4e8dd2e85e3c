//! The target of a push: a remote, every form of its URL, and the deploy platform behind it.

mod platforms;
mod url;

pub use platforms::{PLATFORMS, Platform, platform};
pub use url::{Form, Url};

/// Where a push goes. All text in it was chosen by others: a renderer cleans it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The name of the remote; none for a URL that was typed.
    pub remote: Option<String>,
    /// Every form of every URL that the push goes to, each once.
    pub urls: Vec<Url>,
    /// What could not be told of them, a clause each.
    pub notes: Vec<String>,
}

impl Target {
    /// Adds a form of a URL unless it is there.
    pub fn add(&mut self, url: Url) {
        match self.urls.iter_mut().find(|it| it.text == url.text) {
            // What is one URL's alias may be another's end.
            Some(it) => it.is_alias &= url.is_alias,
            None => self.urls.push(url),
        }
    }
}
