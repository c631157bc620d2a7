// Puts the panes where the layout says, with their titles and the lines between them.
import { Box } from 'ink';
import { useStore } from 'zustand';
import { type Area, type Layout, type Pane, panes } from '../layout.ts';
import { Drawn } from '../parts/drawn.tsx';
import { columnRows } from '../parts/lines.ts';
import { Rows } from '../parts/rows.tsx';
import type { Stage } from '../stage.ts';
import { titled } from './titled.ts';

export function Arrangement({ stage }: { readonly stage: Stage }) {
  const layout = useStore(stage.screen, (screen) => screen.layout);
  switch (layout.kind) {
    case 'too small':
      return null;
    case 'single':
      return <Titled stage={stage} pane={layout.pane} area={layout.area} />;
    case 'medium':
      return panes.map((pane) => <Titled key={pane} stage={stage} pane={pane} area={layout.panes[pane]} />);
    case 'wide':
      return <Wide stage={stage} layout={layout} />;
    default:
      return layout satisfies never;
  }
}

interface WideProps {
  readonly stage: Stage;
  readonly layout: Layout & { readonly kind: 'wide' };
}

function Wide({ stage, layout }: WideProps) {
  const height = layout.foot.line.y;
  const right = layout.foot.line.width - layout.column - 1;
  const line = stage.theme.sgr('border', '─'.repeat(right));
  const { conversation, tests, commits } = layout.panes;
  return (
    <Box width={layout.foot.line.width} height={height}>
      <Titled stage={stage} pane="conversation" area={conversation} />
      <Rows
        rows={columnRows(height, commits.title.y - 1, stage.theme)}
        width={1}
        height={height}
        left={layout.column - conversation.title.width}
      />
      <Box flexDirection="column" width={right}>
        <Titled stage={stage} pane="tests" area={tests} left={1} />
        <Rows rows={[line]} width={right} height={1} />
        <Titled stage={stage} pane="commits" area={commits} left={1} />
      </Box>
    </Box>
  );
}

interface TitledProps {
  readonly stage: Stage;
  readonly pane: Pane;
  readonly area: Area;
  readonly left?: number;
}

function Titled({ stage, pane, area, left }: TitledProps) {
  return (
    <Drawn
      stage={stage}
      draw={titled[pane]}
      width={area.title.width}
      height={area.body.height + 1}
      left={left}
    />
  );
}
