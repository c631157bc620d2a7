// Puts the panes where the layout says, with their titles and the lines between them.
import { Box } from 'ink';
import { useStore } from 'zustand';
import { type Area, type Layout, type Pane, panes } from '../layout.ts';
import { columnRows, titledLine } from '../parts/lines.ts';
import { Rows } from '../parts/rows.tsx';
import { tabRow, titleRow } from '../parts/titles.ts';
import type { Stage } from '../stage.ts';
import { CommitsPane } from './commits.tsx';
import { ConversationPane } from './conversation.tsx';
import { RunPane } from './run.tsx';
import { TestsPane } from './tests.tsx';

const bodies = { conversation: ConversationPane, tests: ShownTerminal, commits: CommitsPane };

function ShownTerminal({ stage }: { readonly stage: Stage }) {
  const { shown } = useStore(stage.screen).view;
  return shown === 'run' ? <RunPane stage={stage} /> : <TestsPane stage={stage} />;
}

export function Arrangement({ stage }: { readonly stage: Stage }) {
  const screen = useStore(stage.screen);
  const { layout, columns } = screen;
  const { theme } = stage;
  const title = (pane: Pane, width: number): string => titleRow(pane, screen, stage, width);
  const lined = (pane: Pane): string => titledLine(title(pane, columns - 2), columns, theme);
  switch (layout.kind) {
    case 'too small':
      return null;
    case 'single':
      return (
        <Titled stage={stage} pane={layout.pane} area={layout.area}>
          {tabRow(layout.pane, screen, stage, columns)}
        </Titled>
      );
    case 'medium':
      return panes.map((pane) => (
        <Titled key={pane} stage={stage} pane={pane} area={layout.panes[pane]}>
          {pane === 'conversation' ? title(pane, columns) : lined(pane)}
        </Titled>
      ));
    case 'wide':
      return <Wide stage={stage} layout={layout} title={title} />;
    default:
      return layout satisfies never;
  }
}

interface WideProps {
  readonly stage: Stage;
  readonly layout: Layout & { readonly kind: 'wide' };
  readonly title: (pane: Pane, width: number) => string;
}

function Wide({ stage, layout, title }: WideProps) {
  const height = layout.foot.line.y;
  const right = layout.foot.line.width - layout.column - 1;
  const line = stage.theme.sgr('border', '─'.repeat(right));
  const titled = (pane: Pane) => (
    <Titled stage={stage} pane={pane} area={layout.panes[pane]}>
      {title(pane, layout.panes[pane].title.width)}
    </Titled>
  );
  return (
    <Box width={layout.foot.line.width} height={height}>
      <Box width={layout.column}>{titled('conversation')}</Box>
      <Rows
        rows={columnRows(height, layout.panes.commits.title.y - 1, stage.theme)}
        width={1}
        height={height}
      />
      <Box flexDirection="column" width={right}>
        <Box paddingLeft={1}>{titled('tests')}</Box>
        <Rows rows={[line]} width={right} height={1} />
        <Box paddingLeft={1}>{titled('commits')}</Box>
      </Box>
    </Box>
  );
}

interface TitledProps {
  readonly stage: Stage;
  readonly pane: Pane;
  readonly area: Area;
  /** The title's row. */
  readonly children: string;
}

function Titled({ stage, pane, area, children }: TitledProps) {
  const Body = bodies[pane];
  return (
    <Box flexDirection="column" width={area.title.width} height={area.body.height + 1}>
      <Rows rows={[children]} width={area.title.width} height={1} />
      <Body stage={stage} />
    </Box>
  );
}
