import { mount } from 'svelte';
import { router } from '../../../web/src/kernel/router.svelte.ts';
import Gallery from './Gallery.svelte';
import './gallery.css';

void router.start([
  { path: '/', frame: 'plain', title: () => 'Controls', load: () => import('./Controls.svelte') },
  { path: '/states', frame: 'plain', title: () => 'States', load: () => import('./States.svelte') },
  { path: '/charts', frame: 'plain', title: () => 'Charts', load: () => import('./Charts.svelte') },
  { path: '/table', frame: 'plain', title: () => 'Table', load: () => import('./Table.svelte') },
  { path: '/leaf/:id', frame: 'plain', title: () => 'Leaf', load: () => import('./Leaf.svelte') },
  { path: '/leaf/new', frame: 'plain', title: () => 'New leaf', load: () => import('./NewLeaf.svelte') },
  { path: '/draft', frame: 'plain', title: () => 'Draft', load: () => import('./Draft.svelte') },
]);
mount(Gallery, { target: document.getElementById('app')! });
