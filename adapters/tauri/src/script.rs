//! The module of pages without a bundler, served beside what the program has embedded.

use std::borrow::Cow;

use tauri::{
    App, Assets, Context, Runtime,
    utils::assets::{AssetKey, AssetsIter, CspHash},
};

use crate::SCRIPT;

/// Where pages find it, also where a program serves them over HTTP.
const PATH: &str = "/portcullis.js";

/// Lets the pages of a program find [`SCRIPT`] as `/portcullis.js`, beside what is in its `frontendDist`. A file of this name that
/// is there already is served instead.
///
/// ```no_run
/// # fn run(context: tauri::Context<tauri::Wry>) -> tauri::Result<()> {
/// tauri::Builder::default().run(portcullis_tauri::with_script(context)) // tauri::generate_context!()
/// # }
/// ```
///
/// ```js
/// import { invoke, listen } from "/portcullis.js";
/// ```
///
/// Pages that come from a development server are served by that alone.
#[must_use = "the program runs with the context that this gives"]
pub fn with_script<R: Runtime>(mut context: Context<R>) -> Context<R> {
    let pages = context.set_assets(Box::new(Pages(None)));
    context.set_assets(Box::new(Pages(Some(pages))));
    context
}

/// The pages of a program, and the module. None while they are taken out of a context and put back.
struct Pages<R: Runtime>(Option<Box<dyn Assets<R>>>);

impl<R: Runtime> Assets<R> for Pages<R> {
    fn setup(&self, app: &App<R>) {
        if let Some(pages) = &self.0 {
            pages.setup(app);
        }
    }

    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let ours = || (key.as_ref() == PATH).then_some(Cow::Borrowed(SCRIPT.as_bytes()));
        self.0.as_ref().and_then(|pages| pages.get(key)).or_else(ours)
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        let pages = self.0.iter().flat_map(|pages| pages.iter());
        let has_own = self.0.as_ref().is_some_and(|pages| pages.get(&PATH.into()).is_some());
        let ours = (!has_own).then_some((Cow::Borrowed(PATH), Cow::Borrowed(SCRIPT.as_bytes())));
        Box::new(pages.chain(ours))
    }

    fn csp_hashes(&self, html: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        match &self.0 {
            Some(pages) => pages.csp_hashes(html),
            None => Box::new(std::iter::empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use tauri::test::{MockRuntime, mock_context, noop_assets};

    use super::*;

    struct Own;

    impl Assets<MockRuntime> for Own {
        fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
            (key.as_ref() == PATH).then_some(Cow::Borrowed(b"own"))
        }

        fn iter(&self) -> Box<AssetsIter<'_>> {
            Box::new(std::iter::once((Cow::Borrowed(PATH), Cow::Borrowed(&b"own"[..]))))
        }

        fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
            Box::new(std::iter::once(CspHash::Script("'sha256-x'")))
        }
    }

    fn served(context: &Context<MockRuntime>) -> (Vec<u8>, Vec<Vec<u8>>) {
        let assets = context.assets();
        let all = assets.iter().filter(|(path, _)| path == PATH).map(|(_, bytes)| bytes.into_owned());
        (assets.get(&"portcullis.js".into()).unwrap().into_owned(), all.collect())
    }

    #[test]
    fn pages_find_the_script_beside_their_own_files() {
        let context = with_script(mock_context(noop_assets()));
        assert!(context.assets().get(&"index.html".into()).is_none());
        assert_eq!(served(&context), (SCRIPT.into(), vec![SCRIPT.into()]));
    }

    #[test]
    fn a_script_of_the_programs_own_is_served_instead() {
        let mut context = mock_context(noop_assets());
        context.set_assets(Box::new(Own));
        let context = with_script(context);
        assert_eq!(served(&context), (b"own".to_vec(), vec![b"own".to_vec()]));
        assert_eq!(context.assets().csp_hashes(&"index.html".into()).count(), 1);
    }
}
