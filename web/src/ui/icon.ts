import type { Component } from 'svelte';

/** An icon of `@lucide/svelte/icons/<name>`; import each by its own path, the barrel triples the build. */
export type Icon = Component<{ class?: string; strokeWidth?: number }>;
