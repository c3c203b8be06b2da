const key = 'sightline-language';

/** The language chosen on this machine; Chinese before anybody chose, whatever the browser speaks. */
export function readLanguage(): string | undefined {
  const asked = new URLSearchParams(location.search).get('lang');
  return asked ?? localStorage.getItem(key) ?? undefined;
}

export function rememberLanguage(language: string): void {
  localStorage.setItem(key, language);
}
