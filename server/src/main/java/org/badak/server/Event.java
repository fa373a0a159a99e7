package org.badak.server;

import java.nio.charset.StandardCharsets;

/// A server-sent event as it goes over the wire.
///
/// @param id its number in its stream, from 1
/// @param bytes the lines, with the empty one that ends it
record Event(long id, byte[] bytes) {
    /// @throws IllegalArgumentException if the name is not made of small letters and hyphens
    static Event of(long id, String name, String data) {
        if (!name.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException(
                    "event: found the name '" + name + "', expected small letters and hyphens");
        }
        StringBuilder text = new StringBuilder("id: ")
                .append(id)
                .append("\nevent: ")
                .append(name)
                .append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return new Event(id, text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}
