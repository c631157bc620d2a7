// The languages that code is coloured in. Each is read only when code in it is first shown.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const definitions = new Map(
  Object.entries({
    ...{ bash, sh: bash, shell: bash, zsh: bash, console: bash },
    ...{ c, h: c, cpp, 'c++': cpp, cc: cpp, hpp: cpp },
    ...{ css, scss: css, less: css, html: xml, xml, svg: xml, vue: xml },
    ...{ javascript, js: javascript, jsx: javascript, mjs: javascript, cjs: javascript },
    ...{ typescript, ts: typescript, tsx: typescript, mts: typescript, cts: typescript },
    ...{ json, jsonc: json, json5: json, yaml, yml: yaml, toml: ini, ini },
    ...{ python, py: python, ruby, rb: ruby, go, golang: go, rust, rs: rust },
    ...{ java, kotlin, kt: kotlin, swift, sql },
    ...{ markdown, md: markdown, diff, patch: diff },
  }),
);

/** The highlighter's HTML of the code, or undefined where the language is not one of ours. */
export function highlightedHtml(code: string, language: string): string | undefined {
  const name = language.toLowerCase();
  const definition = definitions.get(name);
  if (definition === undefined) return undefined;
  if (hljs.getLanguage(name) === undefined) hljs.registerLanguage(name, definition);
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value;
}
