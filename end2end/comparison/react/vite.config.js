// How the page is built: as Vite and its React plugin do by themselves.
//
// Invariant: nothing here makes the page slower or heavier than a new project is.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [react()] });
