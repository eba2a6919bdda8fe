package jp.sekisho.endpoints.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import jp.sekisho.storage.cursor.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class CursorTest {

    @Property
    void whatWasWrittenIsRead(
            @ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis, @ForAll long high, @ForAll long low) {
        Position position = new Position(Instant.ofEpochMilli(millis), new UUID(high, low).toString());

        assertThat(Cursor.parse(Cursor.of(position))).contains(position);
    }

    @Property
    void anythingElseIsRefusedOrHarmless(@ForAll @StringLength(max = 80) String text) {
        assertThat(Cursor.parse(text))
                .satisfies(parsed ->
                        parsed.ifPresent(position -> assertThat(position.id()).matches("[0-9a-f-]{1,36}")));
    }
}
