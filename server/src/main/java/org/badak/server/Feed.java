package org.badak.server;

/// The answer that does not end: events as they come, until the client goes, the stream is closed, or the deadline of
/// [Limits#feed] is reached; a browser then connects again by itself and goes on where it was.
///
/// @param stream where they come from
public record Feed(EventStream stream) implements Reply {}
