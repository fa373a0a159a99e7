package org.badak.server;

/// What a [Handler] answers: content, or a feed of events.
public sealed interface Reply permits Content, Feed {}
