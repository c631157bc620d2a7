// What the mouse does where it is turned on: its wheel scrolls what is under it, a click goes there.
import { perform } from './actions.ts';
import { focus } from './focus.ts';
import { findAction, placesOf } from './keymap.ts';
import { type Layout, type Pane, panes, type Rect } from './layout.ts';
import { scrollPane } from './panes/scrolling.ts';
import { selectRow } from './panes/selecting.ts';
import type { Stage } from './stage.ts';
import { overlayOf } from './view.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Rows of a notch. */
const NOTCH = 3;

export function turnWheel(stage: Stage, { x, y, by }: Point & { readonly by: 1 | -1 }): void {
  const overlay = overlayOf(stage.view.getState());
  const pane = paneAt(stage.screen.getState().layout, { x, y });
  if (overlay === undefined) {
    if (pane !== undefined) scrollPane(stage, pane, { rows: by * NOTCH });
    return;
  }
  // Whatever lies over the panes has keys to go up and down in it.
  const action = findAction(stage.keymap, by < 0 ? 'up' : 'down', placesOf('composer', overlay));
  if (action !== undefined) for (let row = 0; row < NOTCH; row += 1) perform(stage, action);
}

export function pressMouse(stage: Stage, point: Point): void {
  if (overlayOf(stage.view.getState()) !== undefined) return;
  const { layout } = stage.screen.getState();
  if (layout.kind === 'too small') return;
  const pane = paneAt(layout, point);
  if (pane === undefined) {
    if (point.y > layout.foot.line.y) focus(stage, 'composer');
    return;
  }
  focus(stage, pane === 'tests' ? stage.view.getState().shown : pane);
  const body = areaOf(layout, pane)?.body;
  if (body !== undefined && point.y >= body.y) selectRow(stage, pane, point.y - body.y);
}

function paneAt(layout: Layout, point: Point): Pane | undefined {
  return panes.find((pane) => {
    const area = areaOf(layout, pane);
    return area !== undefined && (isIn(area.title, point) || isIn(area.body, point));
  });
}

function areaOf(layout: Layout, pane: Pane) {
  if (layout.kind === 'too small') return undefined;
  if (layout.kind === 'single') return layout.pane === pane ? layout.area : undefined;
  return layout.panes[pane];
}

function isIn({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
}
