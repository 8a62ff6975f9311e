"""Free texts that may name somebody are flagged, the others are not."""

import pytest

from surveys.rules.people import flags_of


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Rappelez-moi au 06 12 34 56 78", ["un numéro de téléphone"]),
        ("+33612345678 ou marie@exemple.fr", ["une adresse électronique", "un numéro de téléphone"]),
        ("J’habite 12 bis rue des Lilas", ["une adresse"]),
        ("Mme Durand a été parfaite", ["un nom"]),
        ("dossier 1234567890123", ["un numéro"]),
        ("Deux heures d’attente, 3 guichets sur 12 ouverts", []),
        ("Merci madame pour votre accueil", []),
        ("", []),
    ],
)
def test_what_may_name_somebody_is_flagged(text, flags):
    found = flags_of(text)
    assert [flag for flag in found if flag in flags] == flags
    assert bool(found) is bool(flags)
