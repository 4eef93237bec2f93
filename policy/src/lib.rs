//! The policy language of Portcullis.
