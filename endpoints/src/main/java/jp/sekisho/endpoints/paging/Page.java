package jp.sekisho.endpoints.paging;

import java.util.List;
import java.util.function.Function;
import jp.sekisho.storage.cursor.Position;

/**
 * A page of records, newest first.
 *
 * @param before the cursor of where it ends; null where nothing follows
 */
public record Page<T>(List<T> records, String before) {

    /**
     * @param found as many as a page holds, and one more where there is one
     * @param size of a page
     */
    public static <T> Page<T> of(List<T> found, int size, Function<T, Position> position) {
        List<T> page = found.subList(0, Math.min(size, found.size()));
        return new Page<>(page, found.size() > size ? Cursor.of(position.apply(page.get(size - 1))) : null);
    }
}
