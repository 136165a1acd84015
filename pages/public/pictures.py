"""Pictures of the pointing board: strokes on 48 by 48, drawn for the box."""

from components.plain_html import Html

_PERSON = '<circle cx="24" cy="10" r="6"/><path d="M24 16v16M24 32l-8 12M24 32l8 12M12 22h24"/>'
_STROKES = {
    'yes': '<circle cx="24" cy="24" r="17"/>',
    'no': '<path d="M10 10l28 28M38 10L10 38"/>',
    'write': '<path d="M8 40l4-12L32 8l8 8-20 20-12 4zM28 12l8 8"/>',
    'wait': '<circle cx="24" cy="24" r="17"/><path d="M24 13v11l8 6"/>',
    'pain': '<path d="M26 4L12 26h10l-4 18 18-24H25l5-16z"/>',
    'sick': '<circle cx="24" cy="24" r="17"/><path d="M15 18l5 3M33 18l-5 3M16 34c4-5 12-5 16 0"/>',
    'fever': '<path d="M20 28V9a4 4 0 0 1 8 0v19a9 9 0 1 1-8 0zM24 16v18M34 10h6M34 18h6"/>',
    'medicine': '<path d="M10 26l16-16a8 8 0 0 1 12 12L22 38a8 8 0 0 1-12-12zM18 18l12 12"/>',
    'allergy': '<path d="M24 5L4 42h40zM24 18v12M24 35v2"/>',
    'baby': '<circle cx="24" cy="20" r="12"/><path d="M19 18v1M29 18v1M20 25c2 3 6 3 8 0"/>'
    '<path d="M14 32c-4 3-6 7-6 12h32c0-5-2-9-6-12"/>',
    'pregnant': '<circle cx="22" cy="9" r="5"/><path d="M20 14v30M20 18c16 2 16 20 0 20M20 24h10"/>',
    'ambulance': '<path d="M4 34V14h26v20M30 20h8l6 8v6H4M17 18v10M12 23h10"/>'
    '<circle cx="14" cy="36" r="4"/><circle cx="35" cy="36" r="4"/>',
    'water': '<path d="M14 8h20l-3 34H17zM15 18h18"/>',
    'food': '<path d="M6 24h36c0 10-7 16-18 16S6 34 6 24zM18 18c-3-4 3-6 0-10M28 18c-3-4 3-6 0-10"/>',
    'blanket': '<path d="M6 36V14M6 28h36v8M42 28c0-6-6-8-14-8H18v8"/><circle cx="12" cy="22" r="4"/>',
    'clothes': '<path d="M17 8L6 15l4 9 5-3v20h18V21l5 3 4-9-11-7c-2 5-12 5-14 0z"/>',
    'milk': '<path d="M18 16h12l3 6v22H15V22zM20 16v-5h8v5M24 11V5M15 30h18"/>',
    'diaper': '<path d="M6 14h36v6c-9 2-13 8-14 16h-8C19 28 15 22 6 20z"/>',
    'sanitary': '<rect x="16" y="5" width="16" height="38" rx="8"/><path d="M16 20l-6 4 6 4M32 20l6 4-6 4M24 14v20"/>',
    'battery': '<rect x="6" y="15" width="32" height="18" rx="3"/><path d="M38 21h4v6h-4M24 17l-6 8h8l-4 7"/>',
    'phone': '<rect x="14" y="4" width="20" height="40" rx="3"/>'
    '<path d="M19 12h4v4h-4zM26 12h3v3M19 20h3v3M26 19h3v5M22 38h4"/>',
    'card': '<rect x="4" y="10" width="40" height="24" rx="3"/><path d="M4 18h40M10 27h10M24 38v6M18 40l6 4 6-4"/>',
    'digits': '<path d="M8 8h8v8H8zM20 8h8v8h-8zM32 8h8v8h-8zM8 20h8v8H8zM20 20h8v8h-8zM32 20h8v8h-8zM20 32h8v8h-8z"/>',
    'family': '<circle cx="14" cy="11" r="5"/><circle cx="34" cy="11" r="5"/><circle cx="24" cy="25" r="4"/>'
    '<path d="M6 42V26c0-8 16-8 16 0M26 26c0-8 16-8 16 0v16M18 42v-4c0-6 12-6 12 0v4"/>',
    'back': '<path d="M20 6h18v36H20M44 24H6M16 14L6 24l10 10"/>',
    'out': '<path d="M6 42V20L20 8l14 12M24 42V28h-8v14"/><circle cx="37" cy="34" r="9"/><path d="M37 29v5l3 3"/>',
    'leave': '<path d="M6 6h20v36H6M18 24h26M36 16l8 8-8 8"/>',
    'toilet': '<path d="M14 6h20v14H14zM10 20h28c0 9-5 13-10 14v10H20V34c-5-1-10-5-10-14z"/>',
    'sleep': '<path d="M6 38V14M6 32h36v6M42 32v-6c0-3-2-5-5-5H20v11"/><circle cx="13" cy="25" r="4"/>'
    '<path d="M30 6h8l-8 9h8"/>',
    'reception': '<circle cx="24" cy="11" r="6"/><path d="M13 28c0-6 5-10 11-10s11 4 11 10M5 28h38v14H5z"/>',
    'exit': '<path d="M28 6H10v36h18M20 24h24M36 16l8 8-8 8"/>',
    'search': f'<g transform="scale(.7)">{_PERSON}</g><circle cx="32" cy="26" r="9"/><path d="M38 33l7 9"/>',
    'interpreter': '<path d="M4 8h24v16H16l-6 6v-6H4zM32 20h12v16h-4v6l-6-6H22v-8M10 16h12"/>',
    'sign': '<path d="M16 44V26L10 16M16 26l2-18M20 26l5-18M24 28l7-15M26 32l10-10M36 22c2 10-4 14-8 22"/>',
    'alone': '<path d="M10 18h8l10-9v30l-10-9h-8zM34 18l8 12M42 18l-8 12"/>',
}


def picture(name: str) -> Html:
    """The picture, which the words beside it say."""
    return Html(f'<svg viewBox="0 0 48 48" aria-hidden="true">{_STROKES[name]}</svg>')
