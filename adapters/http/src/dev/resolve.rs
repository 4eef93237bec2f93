//! Where the name of a development server leads. A development server on this machine stays on it, whatever a name
//! server says.

use std::{
    future::Future,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    task::{Context, Poll},
    vec,
};

use hyper_util::client::legacy::connect::dns::Name;
use tower::Service;

#[derive(Clone)]
pub(crate) struct Resolver {
    pub(crate) anywhere: bool,
}

impl Service<Name> for Resolver {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let anywhere = self.anywhere;
        Box::pin(async move {
            // The port is put in by whoever asks.
            let addresses: Vec<_> = if anywhere && name.as_str() != "localhost" {
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect()
            } else {
                vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]
            };
            Ok(addresses.into_iter())
        })
    }
}
