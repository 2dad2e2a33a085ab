import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { clock } from './kernel/clock.svelte.ts';
import { reportError } from './kernel/errors.ts';
import { router } from './kernel/router.svelte.ts';
import { session } from './kernel/session.svelte.ts';
import { routes } from './routes.ts';

// What nobody caught is shown once, in one way.
addEventListener('unhandledrejection', (event) => reportError(event.reason));

clock.start();
void session.start();
void router.start(routes);
mount(App, { target: document.getElementById('app')! });
