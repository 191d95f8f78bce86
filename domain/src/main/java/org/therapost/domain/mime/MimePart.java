package org.therapost.domain.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message or a part of one: where it lies, and what its header section says. Offsets count from the message's first octet. */
public final class MimePart {

    static final MimeField PLAIN_TEXT = MimeField.of("text/plain");
    static final MimeField MESSAGE = MimeField.of("message/rfc822");

    private final MimeHeader header;
    private final MimeField contentType;
    private final long start;
    private final long body;
    private final List<MimePart> parts = new ArrayList<>();
    private @Nullable MimePart message;
    private long end;
    private long lines;

    /**
     * A part whose header section was read, and whose body comes now.
     *
     * @param untyped what it is if its header section does not say (RFC 2046 section 5.1.5)
     */
    MimePart(long start, long body, MimeHeader header, MimeField untyped) {
        this.start = start;
        this.body = body;
        this.header = header;
        this.contentType = type(header, untyped);
    }

    /** RFC 2045 section 5.2: what cannot be read is plain text. */
    private static MimeField type(MimeHeader header, MimeField untyped) {
        Optional<MimeField> given = header.first("Content-Type").map(MimeField::of);
        if (given.isEmpty()) {
            return untyped;
        }
        return given.get().value().matches("[^/\\s]+/[^/\\s]+") ? given.get() : PLAIN_TEXT;
    }

    /** Tells where it ends, and how many lines its body has. */
    void end(long at, long linesOfBody) {
        end = Math.max(body, at);
        lines = linesOfBody;
    }

    void add(MimePart part) {
        parts.add(part);
    }

    void embeds(MimePart inner) {
        message = inner;
    }

    /** Whether it should consist of parts, and says where one begins. */
    boolean announcesParts() {
        return isOf("multipart") && !boundary().isEmpty();
    }

    /** Whether its body is a message that can be looked into: one that is encoded cannot. */
    boolean announcesMessage() {
        // RFC 2046 section 5.2.1
        return contentType.value().equalsIgnoreCase("message/rfc822")
                && !header.first("Content-Transfer-Encoding")
                        .map(encoding -> encoding.toLowerCase(Locale.ROOT))
                        .filter(encoding -> encoding.startsWith("base64") || encoding.startsWith("quoted-printable"))
                        .isPresent();
    }

    boolean isDigest() {
        return contentType.value().equalsIgnoreCase("multipart/digest");
    }

    String boundary() {
        return contentType.parameters().getOrDefault("boundary", "").stripTrailing();
    }

    private boolean isOf(String type) {
        return contentType.value().toLowerCase(Locale.ROOT).startsWith(type + "/");
    }

    public MimeHeader header() {
        return header;
    }

    /** What it is; a multipart in which no part begins is the text that it looks like. */
    public MimeField contentType() {
        return isOf("multipart") && parts.isEmpty() ? PLAIN_TEXT : contentType;
    }

    /** First octet of the header section. */
    public long start() {
        return start;
    }

    /** First octet of the body. */
    public long body() {
        return body;
    }

    /** The octet after the body. */
    public long end() {
        return end;
    }

    /** Octets of the body. */
    public long size() {
        return end - body;
    }

    /** Line ends in the body. */
    public long lines() {
        return lines;
    }

    /** The parts of a multipart; else none. */
    public List<MimePart> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** The message in it, if it is one that encapsulates a message. */
    public Optional<MimePart> message() {
        return Optional.ofNullable(message);
    }

    /**
     * The part that a number names (RFC 3501 section 6.4.5): every message has a part 1, which is its body if that has no parts; numbers below
     * a part that encapsulates a message are those of that message.
     *
     * @param path from the message down
     */
    public Optional<MimePart> at(int... path) {
        Optional<MimePart> here = Optional.of(this);
        boolean message = true;
        for (int number : path) {
            boolean asMessage = message;
            here = here.flatMap(part -> asMessage ? part.ofMessage(number) : part.ofPart(number));
            message = false;
        }
        return here;
    }

    private Optional<MimePart> ofMessage(int number) {
        if (parts.isEmpty()) {
            return number == 1 ? Optional.of(this) : Optional.empty();
        }
        return number >= 1 && number <= parts.size() ? Optional.of(parts.get(number - 1)) : Optional.empty();
    }

    private Optional<MimePart> ofPart(int number) {
        return parts.isEmpty() ? message().flatMap(inner -> inner.ofMessage(number)) : ofMessage(number);
    }
}
