// Starts the page, in the way that react-dsfr's guide gives for Vite.
//
// Invariant: what is set up is what the guide sets up.
import { startReactDsfr } from '@codegouvfr/react-dsfr/spa';
import '@codegouvfr/react-dsfr/main.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SignInPage } from './SignInPage.jsx';
import './page.css';

startReactDsfr({ defaultColorScheme: 'system', useLang: () => 'fr' });

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <SignInPage />
  </StrictMode>,
);
