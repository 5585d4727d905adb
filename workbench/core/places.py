"""Names of Norwegian municipalities, which point to a place though no model of names has met them."""

from __future__ import annotations

MUNICIPALITIES = frozenset(
    """
    Alstahaug Alta Alvdal Alver Andøy Aremark Arendal Asker Askvoll Askøy Aukra Aure Aurland Aurskog-Høland Austevoll
    Austrheim Averøy Balsfjord Bamble Bardu Beiarn Bergen Berlevåg Bindal Birkenes Bjerkreim Bjørnafjorden Bodø Bokn
    Bremanger Brønnøy Bygland Bykle Båtsfjord Bærum Bømlo Dovre Drammen Drangedal Dyrøy Dønna Eidfjord Eidskog
    Eidsvoll Eigersund Eiker Elverum Enebakk Engerdal Etne Etnedal Evenes Farsund Fauske Fedje Fitjar Fjaler Flakstad
    Flatanger Flekkefjord Flesberg Flå Folldal Follo Fredrikstad Frogn Froland Frosta Frøya Fyresdal Færder Gamvik
    Gaular Gauldal Gausdal Gildeskål Giske Gjemnes Gjerdrum Gjerstad Gjesdal Gjøvik Gloppen Gratangen Grimstad Grong
    Gulen Hadsel Halden Hamar Hamarøy Hammerfest Haram Hareid Harstad Hasvik Hattfjelldal Haugesund Hemnes Hemsedal
    Herøy Hitra Hjartdal Hjelmeland Holmestrand Holtålen Horten Hurdal Hustadvika Hvaler Hyllestad Hægebostad Høyanger
    Høylandet Ibestad Inderøy Iveland Jevnaker Karasjok Karlsøy Karmøy Kautokeino Kinn Klepp Kongsberg Kongsvinger
    Kragerø Kristiansand Kristiansund Krødsherad Kvinesdal Kvinnherad Kviteseid Kvitsøy Kvæfjord Kvænangen Kåfjord
    Larvik Lavangen Lebesby Leirfjord Leka Lesja Levanger Lierne Lillehammer Lillesand Lillestrøm Lindesnes Loppa
    Lunner Lurøy Luster Lyngdal Lyngen Lærdal Lødingen Lørenskog Løten Malvik Masfjorden Meløy Meråker Modalen Modum
    Molde Moskenes Målselv Måsøy Namsos Namsskogan Nannestad Narvik Nesbyen Nesna Nesodden Nesseby Nissedal Nittedal
    Nord-Aurdal Nord-Fron Nord-Odal Nordkapp Nordreisa Notodden Nærøysund Nøtterøy Oppdal Orkland Osen Oslo Osterøy
    Overhalla Porsanger Porsgrunn Rakkestad Randaberg Rauma Rendalen Rennebu Rindal Ringebu Ringerike Ringsaker Risør
    Rollag Rælingen Rødøy Røros Røst Røyrvik Salangen Saltdal Samnanger Sandefjord Sandnes Sarpsborg Sauda Selbu
    Seljord Senja Sigdal Siljan Sirdal Skaun Skien Skiptvet Skjervøy Skjåk Slidre Smøla Snåsa Sogndal Sokndal Solund
    Sortland Stange Stavanger Steigen Steinkjer Stjørdal Stor-Elvdal Stord Storfjord Stranda Stryn Sula Suldal Sunndal
    Sunnfjord Surnadal Sveio Svelvik Sykkylven Sømna Sør-Aurdal Sør-Fron Sør-Odal Sør-Varanger Sørfold Sørreisa
    Tingvoll Tjeldsund Tokke Tolga Toten Tromsø Trondheim Trysil Træna Tvedestrand Tydal Tynset Tysnes Tysvær Tønsberg
    Ullensaker Ullensvang Ulstein Ulvik Utsira Vadsø Vaksdal Vanylven Vardø Vefsn Vega Vegårshei Vennesla Verdal
    Vestby Vestnes Vestvågøy Vevelstad Vindafjord Volda Voss Vågan Vågå Våler Værøy Åfjord Ålesund Åmli Åmot Årdal Ås
    Åseral Åsnes Øksnes Ørland Ørsta Østfold Øyer Øygarden
    """.split()
)
"""Words of their names with a capital; those that are common words or first names as well (*Lund*, *Time*, *Strand*) are left
out, since most of what they met would be no place."""
