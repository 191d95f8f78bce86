package org.therapost.mailets.traits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.conversation.incoming.ProvedFields;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.mail.MailOrigin;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/** Reads traits with mime4j and jsoup: one pass, no recursion, bounded texts. */
public final class MimeMailTraits implements MailTraits.Reader {

    private static final int SUBJECT = 2_000;

    private final MailReader reader = new MailReader();

    @Override
    public MailTraits read(MailContent mail, EnvelopeSender sender) {
        return read(mail, sender, ProvedFields.ALL);
    }

    @Override
    public MailTraits read(MailContent mail, EnvelopeSender sender, ProvedFields proved) {
        MailHeader header;
        try {
            header = reader.header(mail);
        } catch (RefusedException limits) {
            // Nobody answers by machine what cannot be read.
            return new MailTraits(
                    "", MailOrigin.PROGRAM, MailTraits.Answers.NOTHING, Optional.empty(), MailTraits.OwnText.NONE);
        }
        List<String> inReplyTo = proved.covers("In-Reply-To") ? List.copyOf(header.inReplyTo()) : List.of();
        List<String> references = proved.covers("References") ? List.copyOf(header.references()) : List.of();
        List<String> answers = new ArrayList<>(inReplyTo);
        references.stream().filter(id -> !answers.contains(id)).forEach(answers::add);
        List<String> own = NewTextExtractor.lines(MessageText.of(mail));
        return new MailTraits(
                subject(header),
                AutomaticMailDetector.origin(header, sender),
                new MailTraits.Answers(answers, answered(inReplyTo, references)),
                header.date(),
                new MailTraits.OwnText(
                        NewTextExtractor.count(own), own.stream().findFirst().orElse(""), PlainTextAnswer.of(own)));
    }

    private static List<String> answered(List<String> inReplyTo, List<String> references) {
        if (!inReplyTo.isEmpty()) {
            return inReplyTo;
        }
        // RFC 5322 section 3.6.4: References end with the message that is answered.
        return references.isEmpty() ? List.of() : references.subList(references.size() - 1, references.size());
    }

    private static String subject(MailHeader header) {
        return header.fields("Subject").stream()
                .findFirst()
                .map(field ->
                        field.getBody().length() > SUBJECT ? field.getBody().substring(0, SUBJECT) : field.getBody())
                .map(body -> DecoderUtil.decodeEncodedWords(body, DecodeMonitor.SILENT))
                .map(text -> text.replaceAll("\\s+", " ").strip())
                .orElse("");
    }
}
