// A rate as a picture: the point is what was measured, the bar is where the true rate may lie.
import { Box, Group, Text } from "@mantine/core";
import { count, percent } from "./words";

export interface Rate { value: number; low: number; high: number }

export function Interval({ rate, scale, label, n }: { rate: Rate; scale: number; label: string; n: number }) {
  const at = (share: number) => `${Math.min(100, (share / scale) * 100)}%`;
  const said = n === 0 ? `${label}: nothing measured yet` : `${label}: ${percent(rate.value)} of ${count(n)}, between ${percent(rate.low)} and ${percent(rate.high)}`;
  return (
    <Box role="img" aria-label={said}>
      <Group justify="space-between" mb={4} gap="xs" wrap="nowrap">
        <Text size="sm" fw={550} lineClamp={2}>{label}</Text>
        {n > 0 && <Text size="sm" fw={650}>{percent(rate.value)}</Text>}
      </Group>
      <svg width="100%" height="18" style={{ overflow: "visible" }} aria-hidden>
        <rect x="0" y="7" width="100%" height="4" rx="2" fill="var(--mantine-color-default-border)" />
        {n > 0 && <rect x={at(rate.low)} y="4" width={at(rate.high - rate.low)} height="10" rx="5" fill="var(--mantine-primary-color-filled)" opacity="0.28" />}
        {n > 0 && <circle cx={at(rate.value)} cy="9" r="6" fill="var(--mantine-primary-color-filled)" />}
      </svg>
      <Text size="xs" className="muted">{n === 0 ? "Not measured yet" : `${percent(rate.low)} to ${percent(rate.high)}, of ${count(n)} leads`}</Text>
    </Box>
  );
}

/** Up to where the scale of several rates goes. */
export function scaleOf(rates: Rate[]): number {
  return Math.max(0.05, ...rates.map(({ high }) => high)) * 1.05;
}
