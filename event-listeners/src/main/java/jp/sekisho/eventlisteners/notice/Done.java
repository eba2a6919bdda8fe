package jp.sekisho.eventlisteners.notice;

import jp.sekisho.storage.outbox.Outbox.Taken;

/** A message and what became of it. */
record Done(Taken taken, Outcome outcome) {}
