package org.therapost.protocols.imap.fetch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.ContentLocationFieldImpl;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.mime.MimeField;
import org.therapost.domain.mime.MimeHeader;
import org.therapost.domain.mime.MimePart;

/** BODY and BODYSTRUCTURE (RFC 3501 section 7.4.2). */
final class BodyStructureText {

    /** RFC 2045 section 5.2 */
    private static final String DEFAULT_CHARSET = "US-ASCII";

    private final boolean extended;

    /** @param extended whether it is BODYSTRUCTURE, with the extension data */
    BodyStructureText(boolean extended) {
        this.extended = extended;
    }

    void write(MimePart part, ImapText to) {
        to.list();
        if (part.parts().isEmpty()) {
            single(part, to);
        } else {
            for (MimePart inner : part.parts()) {
                write(inner, to.joined());
            }
            to.string(subtype(part));
            if (extended) {
                parameters(part.contentType().parameters(), to);
                placement(part.header(), to);
            }
        }
        to.endList();
    }

    private void single(MimePart part, ImapText to) {
        MimeHeader header = part.header();
        String type = type(part);
        to.string(type).string(subtype(part));
        parameters(charset(part, type), to);
        to.string(header.first("Content-ID").filter(id -> !id.isEmpty()));
        to.string(header.first("Content-Description").filter(text -> !text.isEmpty()));
        to.string(encoding(header));
        to.number(part.size());
        Optional<MimePart> message = part.message();
        if (message.isPresent()) {
            EnvelopeText.write(message.get().header(), to);
            write(message.get(), to);
            to.number(part.lines());
        } else if (type.equals("TEXT")) {
            to.number(part.lines());
        }
        if (extended) {
            to.string(header.first("Content-MD5"));
            placement(header, to);
        }
    }

    private static String type(MimePart part) {
        String value = part.contentType().value();
        String type = upper(value.substring(0, value.indexOf('/')));
        // A message that cannot be looked into is described without an envelope, and so it must not be called one.
        return isOpaqueMessage(part) ? "APPLICATION" : type;
    }

    private static String subtype(MimePart part) {
        String value = part.contentType().value();
        return isOpaqueMessage(part) ? "OCTET-STREAM" : upper(value.substring(value.indexOf('/') + 1));
    }

    private static boolean isOpaqueMessage(MimePart part) {
        return part.contentType().value().equalsIgnoreCase("message/rfc822")
                && part.message().isEmpty();
    }

    private static Map<String, String> charset(MimePart part, String type) {
        Map<String, String> given = new HashMap<>(part.contentType().parameters());
        if (type.equals("TEXT")) {
            given.putIfAbsent("charset", DEFAULT_CHARSET);
        }
        return given;
    }

    private static String encoding(MimeHeader header) {
        return header.first("Content-Transfer-Encoding")
                .map(text -> MimeField.of(text).value())
                .filter(encoding -> !encoding.isEmpty())
                .map(BodyStructureText::upper)
                .orElse("7BIT");
    }

    /** {@code body-fld-dsp}, {@code body-fld-lang} and {@code body-fld-loc} */
    private static void placement(MimeHeader header, ImapText to) {
        Optional<MimeField> disposition = header.first("Content-Disposition")
                .map(MimeField::of)
                .filter(field -> !field.value().isEmpty());
        if (disposition.isPresent()) {
            to.list().string(disposition.get().value());
            parameters(disposition.get().parameters(), to);
            to.endList();
        } else {
            to.nil();
        }
        languages(header, to);
        to.string(header.first("Content-Location").flatMap(BodyStructureText::location));
    }

    /** The address without comments, quotes and the blanks of folding (RFC 2557 section 4.4); as it stands if it has no such form. */
    private static Optional<String> location(String value) {
        String read = ContentLocationFieldImpl.PARSER
                .parse(new RawField("Content-Location", value), DecodeMonitor.SILENT)
                .getLocation();
        return Optional.of(read == null ? value : read).filter(location -> !location.isEmpty());
    }

    private static void languages(MimeHeader header, ImapText to) {
        List<String> languages = header.first("Content-Language")
                .map(text -> Arrays.stream(text.split(",", -1))
                        .map(language -> MimeField.of(language).value())
                        .filter(language -> !language.isEmpty())
                        .toList())
                .orElse(List.of());
        if (languages.isEmpty()) {
            to.nil();
            return;
        }
        to.list();
        languages.forEach(to::string);
        to.endList();
    }

    private static void parameters(Map<String, String> parameters, ImapText to) {
        if (parameters.isEmpty()) {
            to.nil();
            return;
        }
        to.list();
        // In the order of their names, as James has them.
        new TreeMap<>(parameters).forEach((name, value) -> to.string(name).string(value));
        to.endList();
    }

    /** Of ASCII only: any other octet may be half a character. */
    private static String upper(String text) {
        StringBuilder upper = new StringBuilder(text.length());
        text.chars().forEach(octet -> upper.append((char) (octet >= 'a' && octet <= 'z' ? octet - 32 : octet)));
        return upper.toString();
    }
}
