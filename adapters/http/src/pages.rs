//! What a window is served by `GET`, wherever it comes from.

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse, Response},
};
use tower::ServiceExt as _;

#[cfg(feature = "dev-server")]
use crate::dev::DevServer;
use crate::{refusal::Refusal, stop::Stop};

/// What a window is served: an [`axum::Router`], or (feature `dev-server`) a `DevServer`.
#[derive(Debug)]
pub struct Pages(Kind);

#[derive(Debug)]
enum Kind {
    Router(Router),
    #[cfg(feature = "dev-server")]
    DevServer(DevServer),
}

impl From<Router> for Pages {
    fn from(pages: Router) -> Self {
        Self(Kind::Router(pages))
    }
}

#[cfg(feature = "dev-server")]
impl From<DevServer> for Pages {
    fn from(server: DevServer) -> Self {
        Self(Kind::DevServer(server))
    }
}

impl Pages {
    /// The answer to a request that has been checked. What goes on after it has been answered ends with the program.
    #[cfg_attr(not(feature = "dev-server"), expect(unused_variables, reason = "a router answers whole"))]
    pub(crate) async fn serve(&self, request: Request, stop: &Stop) -> Result<Response, Refusal> {
        match &self.0 {
            Kind::Router(pages) => Ok(pages.clone().oneshot(request).await.into_response()),
            #[cfg(feature = "dev-server")]
            Kind::DevServer(server) => server.serve(request, stop).await,
        }
    }
}
