// What `hullspeed --help` prints.

/** Fits a screen of 80 columns and 24 rows, with a row left for the shell's prompt. */
export function usage(): string {
  return `hullspeed: prompt, tests, commit, next, at the speed of the model

hullspeed ["prompt"]         the full screen, in the repository's session
hullspeed run "prompt"       one turn without a screen; - reads the prompt from
                             standard input, --json prints each event as a line
hullspeed queue "prompt"     adds to the session's queue; --at FILE:LINE says
                             what it is about, it and run take --image FILE
hullspeed log, decisions     what happened in this session; what was decided
hullspeed docs [--check]     the docs pages as the model knows them
hullspeed references         other projects it may read; remove NAME
hullspeed status             every session on this machine; --json or --tmux
hullspeed context, pace      what the model is given; where the time went
hullspeed demo               the whole loop, scripted; needs no key, no network

--trust           run this repository's commands without asking, for this once
--session NAME    another session than the repository's one
--model NAME      --effort LEVEL      --base-url URL
--help  --version  -- "prompt" where it reads like a command

OPENAI_API_KEY and OPENAI_BASE_URL are read as usual; a local server needs only
a base URL. The config is ~/.config/hullspeed/config.toml.
run exits with 0 shipped or answered, 1 red or held, 2 usage, config or trust,
3 model or turn failed, 4 session in use elsewhere.
`;
}
