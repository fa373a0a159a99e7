package org.badak.server;

/// The methods that a [Route] may have. HEAD is answered wherever GET is.
public enum Method {
    /// reads
    GET,
    /// does something
    POST,
    /// sets something
    PUT,
    /// removes something
    DELETE
}
