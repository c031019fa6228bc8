"""Telephone numbers as people write them, and what a telephone dials."""

from __future__ import annotations

import pytest
from hipknee.phones import dialing

DIALED = {
    "904-555-0142": "9045550142",
    "(904) 555-0142": "9045550142",
    "904.555.0142": "9045550142",
    "904 555 0142": "9045550142",
    "555-0142": "5550142",
    "+1 904-555-0142": "+19045550142",
    "+1 (904) 555-0142": "+19045550142",
    "1-904-555-0142": "19045550142",
    "904-555-0142 ext. 12": "9045550142;ext=12",
    "904-555-0142 ext 12": "9045550142;ext=12",
    "904-555-0142, ext. 12": "9045550142;ext=12",
    "904-555-0142 Extension 1200": "9045550142;ext=1200",
    "904-555-0142 x12": "9045550142;ext=12",
    "904-555-0142x12": "9045550142;ext=12",
    "904-555-0142 #12": "9045550142;ext=12",
    "+44 (0)20 7946 0958": "+442079460958",
    "+44(0)20 7946 0958": "+442079460958",
    "+44 (0) 20 7946 0958": "+442079460958",
    "(0)20 7946 0958": "02079460958",
    "020 7946 0958": "02079460958",
    "+49 30 123456": "+4930123456",
    "030/123456": "030123456",
    "+39 06 1234 5678": "+390612345678",
    "1-800-KNEE-PAIN": "180056337246",
    "1-800-FLOWERS": "18003569377",
    "0800 HIPS 12": "0800447712",
    "1300 655 506": "1300655506",
    "904\u2011555\u20130142": "9045550142",
    "904\u00a0555\u00a00142": "9045550142",
    "988": "988",
    "111": "111",
    "116 117": "116117",
    "  904-555-0142 ": "9045550142",
}
REFUSED = {
    "904-555-0142 or 904-555-0143": "one telephone number",
    "904-555-0142 / 904-555-0143": "one telephone number",
    "904-555-0142/0143": "one telephone number",
    "904-555-0142, 904-555-0143": "one telephone number",
    "904-555-0142 ext. 12 or 13": "after its extension",
    "904-555-0142 (front desk)": "one telephone number",
    "904-555-0142 MON": "one telephone number",
    "555-0142 MON": "one telephone number",
    "904-555-0142 mobile": "one telephone number",
    "ask at the desk": "not a telephone number",
    "tba": "not a telephone number",
    "555-01": "too short",
    "55": "too short",
    "555014": "too short",
    "904-555-0142-904-555-0143": "too long",
    "+44 (020) 7946 0958": "leave that 0 out",
    "904-555-O142": "one telephone number",
    "++1 904-555-0142": "one telephone number",
    "904-555-+0142": "one telephone number",
    "\u0669\u0660\u0664 5550142": "one telephone number",
    "tel:904-555-0142": "one telephone number",
    "9:00 904-555-0142": "one telephone number",
    "x12": "not",
}


@pytest.mark.parametrize("text", DIALED)
def test_a_number_dials_what_is_meant(text: str) -> None:
    assert dialing(text) == DIALED[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=REFUSED[text]):
        dialing(text)
