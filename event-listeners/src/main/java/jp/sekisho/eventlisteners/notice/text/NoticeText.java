package jp.sekisho.eventlisteners.notice.text;

import java.util.List;

/**
 * A notice in a customer's words.
 *
 * @param details what happened, by label
 * @param contact whom to turn to, by label
 */
public record NoticeText(
        String language,
        String subject,
        String greeting,
        String lead,
        List<Row> details,
        String advice,
        String contactTitle,
        List<Row> contact,
        String footer) {

    /** Bean getters: FreeMarker reads no records. */
    public static final class Row {

        private final String label;
        private final String value;

        public Row(String label, String value) {
            this.label = label;
            this.value = value;
        }

        public String getLabel() {
            return label;
        }

        public String getValue() {
            return value;
        }
    }
}
