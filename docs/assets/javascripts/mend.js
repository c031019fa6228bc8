/* A link to a programme ends in "#" and its code, which no server gets to see. Some mail filters write "%23" for "#", or
   "%2523" when two of them do: then a server is asked for a page that it doesn't have, and shows that of what is missing,
   which alone loads this. It leads on to where the link was meant to lead. */
{
  const [, folder, code] = location.pathname.match(/^(.*\/programme\/)%(?:25)*23([A-Z0-9.-]+)\/?$/i) ?? [];
  // With its host, or "//" at the beginning of a path would lead to another one.
  if (code) location.replace(`${location.origin}${folder}#${code}`);
}
