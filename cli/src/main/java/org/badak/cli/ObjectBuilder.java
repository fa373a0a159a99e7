package org.badak.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Json;

/// Puts a JSON object together, member after member.
final class ObjectBuilder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    ObjectBuilder put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    ObjectBuilder put(String name, String value) {
        return put(name, Json.of(value));
    }

    ObjectBuilder put(String name, double value) {
        return put(name, Json.of(value));
    }

    ObjectBuilder put(String name, long value) {
        return put(name, Json.of(value));
    }

    ObjectBuilder put(String name, int value) {
        return put(name, Json.of((long) value));
    }

    ObjectBuilder put(String name, boolean value) {
        return put(name, Json.of(value));
    }

    ObjectBuilder putAll(Json.Members others) {
        return putAll(others.values());
    }

    ObjectBuilder putAll(Map<String, Json> others) {
        members.putAll(others);
        return this;
    }

    Json.Members json() {
        return new Json.Members(members);
    }
}
