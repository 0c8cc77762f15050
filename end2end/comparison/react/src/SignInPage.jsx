// The sign-in page, made of react-dsfr's own components.
//
// Invariant: it shows what ours shows, in the same words, and never more; the language selector, which ours has
// as well, is left out in its favour.
import { Display, headerFooterDisplayItem } from '@codegouvfr/react-dsfr/Display';
import { Footer } from '@codegouvfr/react-dsfr/Footer';
import { Header } from '@codegouvfr/react-dsfr/Header';
import { ProConnectButton } from '@codegouvfr/react-dsfr/ProConnectButton';
import { SkipLinks } from '@codegouvfr/react-dsfr/SkipLinks';

const brandTop = (
  <>
    République
    <br />
    Française
  </>
);
const homeLinkProps = { href: '/', title: 'Accueil - Espace agent' };
const link = (text, href) => ({ text, linkProps: { href } });

export function SignInPage() {
  return (
    <>
      <SkipLinks
        links={[
          { label: 'Contenu', anchor: '#contenu' },
          { label: 'Pied de page', anchor: '#pied-de-page' },
        ]}
      />
      <Header
        brandTop={brandTop}
        homeLinkProps={homeLinkProps}
        serviceTitle="Espace agent"
        serviceTagline="Votre compte professionnel, avec ProConnect"
        quickAccessItems={[
          { iconId: 'fr-icon-account-circle-fill', ...link('Se connecter', '/connexion') },
          headerFooterDisplayItem,
        ]}
        navigation={[
          link('Accueil', '/'),
          link('Mon compte', '/compte'),
          link('Espace protégé', '/espace-protege'),
        ]}
      />
      <main id="contenu" role="main" className="fr-container fr-py-6w">
        <div className="fr-grid-row fr-grid-row--center">
          <div className="fr-col-12 fr-col-md-9 fr-col-lg-7">
            <div className="panel">
              <h1>Connexion à Espace agent</h1>
              <p>
                Ce service s’adresse aux professionnels&nbsp;: agents publics et salariés. Munissez-vous de votre
                adresse électronique professionnelle.
              </p>
              <h2 className="fr-h5">Se connecter avec ProConnect</h2>
              <ProConnectButton url="/auth/login?return_to=%2Fcompte" />
              <hr />
              <h2 className="fr-h6">Vous n’arrivez pas à vous connecter&nbsp;?</h2>
              <p className="fr-text--sm">
                Vérifiez que vous utilisez votre adresse professionnelle, puis recommencez. Si le problème persiste,
                adressez-vous au service informatique de votre organisation.
              </p>
            </div>
          </div>
        </div>
      </main>
      <Footer
        id="pied-de-page"
        brandTop={brandTop}
        homeLinkProps={homeLinkProps}
        accessibility="non compliant"
        accessibilityLinkProps={{ href: '/accessibilite' }}
        contentDescription="Espace agent est un service en ligne réservé aux professionnels, agents publics et salariés. On y entre avec ProConnect."
        websiteMapLinkProps={{ href: '/plan-du-site' }}
        termsLinkProps={{ href: '/mentions-legales' }}
        bottomItems={[
          link('Données personnelles', '/donnees-personnelles'),
          link('Gestion des cookies', '/cookies'),
          headerFooterDisplayItem,
          link('English version', '/en'),
        ]}
      />
      <Display />
    </>
  );
}
