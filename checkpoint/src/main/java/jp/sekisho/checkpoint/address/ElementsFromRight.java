package jp.sekisho.checkpoint.address;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The elements of a list header, the last one first, over all of its instances.
 *
 * <p>Read from the right because only the right end was written by somebody trusted: what a client put to the left, an
 * opened quote included, cannot change how the elements after it are cut. Linear in what is taken.
 */
final class ElementsFromRight implements Iterator<String> {

    private final List<String> instances;
    private final boolean quotes;
    private int instance;
    private int end;

    /** @param quotes whether commas within quoted strings belong to the element (RFC 9110, section 5.6.4) */
    ElementsFromRight(List<String> instances, boolean quotes) {
        this.instances = instances;
        this.quotes = quotes;
        this.instance = instances.size();
        this.end = -1;
    }

    @Override
    public boolean hasNext() {
        return end >= 0 || instance > 0;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (end < 0) {
            instance--;
            end = instances.get(instance).length();
        }
        String text = instances.get(instance);
        int comma = commaBefore(text, end);
        String element = text.substring(comma + 1, end).strip();
        end = comma;
        return element;
    }

    private int commaBefore(String text, int from) {
        boolean quoted = false;
        for (int i = from - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == ',' && !quoted) {
                return i;
            }
            if (c == '"' && quotes) {
                int backslashes = quoted ? backslashesBefore(text, i) : 0;
                quoted = backslashes % 2 == 1 || !quoted;
                i -= backslashes;
            }
        }
        return -1;
    }

    private static int backslashesBefore(String text, int index) {
        int first = index;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return index - first;
    }
}
