// The one file that a session is.

/** In the session's directory. */
export const JOURNAL_FILE = 'journal.jsonl';
