//! Where every request comes in: whose address it asks for, and from whose page. Nothing is looked at before that.

use std::{borrow::Cow, collections::HashMap, convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header},
    response::{IntoResponse, Response},
};
use portcullis::{Origin, Session};
use tower::Service;

use crate::{
    answer,
    call::{self, only},
    content::{Policy, Slot},
    headers,
    keys::Keys,
    limits::Meter,
    line, open,
    pages::Pages,
    refusal::Refusal,
    script,
    stop::Stop,
};

/// The name of the command follows.
const CALLS: &str = "/portcullis/";

/// The windows of a program, by their addresses.
pub(crate) struct Door {
    pub(crate) windows: Vec<Window>,
    /// By the `Host` header, in lower case.
    pub(crate) places: HashMap<String, Place>,
    /// The most bytes that a body may have.
    pub(crate) limit: usize,
    pub(crate) stop: Stop,
}

/// A window: who calls, by what secret, and what is served.
pub(crate) struct Window {
    pub(crate) label: Box<str>,
    pub(crate) session: Session,
    pub(crate) keys: Keys,
    pub(crate) meter: Arc<Meter>,
    pub(crate) pages: Pages,
}

/// An address of a window.
pub(crate) struct Place {
    pub(crate) window: usize,
    pub(crate) origin: Origin,
    /// As a header has it.
    text: Box<str>,
    pub(crate) policy: Policy,
}

impl Place {
    pub(crate) fn new(window: usize, origin: Origin) -> Self {
        Self { window, policy: Policy::of(&origin), text: origin.to_string().into(), origin }
    }
}

impl Door {
    /// The whole of it: there is no way past the door.
    pub(crate) fn router(self) -> Router {
        Router::new().fallback(enter).with_state(Arc::new(self))
    }

    /// As [`router`](Self::router), without a router: the door has one way in.
    pub(crate) fn service(
        self,
    ) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
    {
        let door = Arc::new(self);
        tower::service_fn(move |request| {
            let door = Arc::clone(&door);
            async move { Ok(enter(State(door), request).await) }
        })
    }

    /// Answers, unless the program ends: what is under way when time is out is dropped, and answered too.
    async fn answer(&self, request: Request) -> Result<Response, Refusal> {
        let Some(_under_way) = self.stop.begin() else { return Err(Refusal::Stopping) };
        tokio::select! {
            biased;
            answer = self.admit(request) => answer,
            () = self.stop.out_of_time() => Err(Refusal::Stopping),
        }
    }

    async fn admit(&self, mut request: Request) -> Result<Response, Refusal> {
        let host = asked_host(request.uri(), request.headers())?;
        let Some(place) = self.places.get(&*host) else {
            return Err(Refusal::UnknownHost(Some(host.into_owned())));
        };
        let Some(window) = self.windows.get(place.window) else {
            return Err(Refusal::UnknownHost(Some(host.into_owned())));
        };

        // The path is copied, since the request is given away.
        let command = request.uri().path().strip_prefix(CALLS).map(str::to_owned);
        let is_line = request.uri().path() == line::PATH;
        // A WebSocket goes on for as long as it likes, and a browser lets any page open one: it is asked as a call is.
        let acts = command.is_some() || is_line || request.headers().contains_key(header::UPGRADE);
        check_origin(request.headers(), place, acts)?;
        check_site(&request, acts)?;

        if is_line {
            return line::open(window, self.limit, &self.stop, request);
        }
        if command.as_deref() == Some(open::NAME) {
            return open::open(window, request).await;
        }
        if let Some(command) = command {
            return call::carry(window, self.limit, &self.stop, &command, request).await;
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Err(Refusal::WrongMethod { allowed: "GET, HEAD" });
        }
        let slot = Slot::default();
        let mut response = if request.uri().path() == script::PATH {
            ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], script::TEXT).into_response()
        } else {
            request.extensions_mut().insert(slot.clone());
            window.pages.serve(request, &self.stop).await?
        };
        headers::page(&mut response, &place.policy, &slot);
        Ok(response)
    }
}

async fn enter(State(door): State<Arc<Door>>, request: Request) -> Response {
    match door.answer(request).await {
        Ok(mut response) if response.headers().contains_key(answer::REPLY) => {
            headers::answer(response.headers_mut());
            response
        }
        answered => {
            let mut response = answered.unwrap_or_else(Refusal::into_response);
            headers::secure(response.headers_mut());
            response
        }
    }
}

/// The host that a request asks for. It stands in the URI, in the header, or in both: then they must agree, since what
/// is checked must be what everybody goes by.
fn asked_host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Result<Cow<'a, str>, Refusal> {
    let in_uri = uri.authority().map(|authority| lower_case(Cow::Borrowed(authority.as_str())));
    if !headers.contains_key(header::HOST) {
        return in_uri.ok_or(Refusal::UnknownHost(None));
    }
    let header = only(headers, header::HOST).ok_or(Refusal::UnknownHost(None))?;
    let in_header = lower_case(String::from_utf8_lossy(header.as_bytes()));
    match in_uri {
        Some(in_uri) if in_uri != in_header => Err(Refusal::UnknownHost(None)),
        _ => Ok(in_header),
    }
}

/// Browsers send hosts in lower case: then there is nothing to copy.
fn lower_case(host: Cow<'_, str>) -> Cow<'_, str> {
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) { host.to_ascii_lowercase().into() } else { host }
}

/// A call must say that it comes from a page of the window. Whatever else says where it comes from must say so too.
fn check_origin(headers: &HeaderMap, place: &Place, acts: bool) -> Result<(), Refusal> {
    let foreign = |from| Err(Refusal::ForeignOrigin { from, own: place.origin.clone() });
    if !headers.contains_key(header::ORIGIN) {
        return if acts { foreign(None) } else { Ok(()) };
    }
    // There is one text for each origin, so texts are compared: no `null`, no user name, no other case, no default port.
    match only(headers, header::ORIGIN) {
        Some(value) if value.as_bytes() == place.text.as_bytes() => Ok(()),
        Some(value) => foreign(Some(String::from_utf8_lossy(value.as_bytes()).into_owned())),
        None => foreign(Some("several origins".to_owned())),
    }
}

/// What a browser says of who asks, where it does: a page of another site may lead here, in a tab of its own, and
/// nothing else.
fn check_site(request: &Request, acts: bool) -> Result<(), Refusal> {
    let says = |name| request.headers().get(HeaderName::from_static(name)).map(HeaderValue::as_bytes);
    match says("sec-fetch-site") {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => {
            let leads_here = says("sec-fetch-mode") == Some(b"navigate")
                && says("sec-fetch-dest") == Some(b"document")
                && request.method() == Method::GET;
            if leads_here && !acts { Ok(()) } else { Err(Refusal::CrossSite) }
        }
    }
}
