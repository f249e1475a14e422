"""One example for everything a program sends, for the OpenAPI document; a test tries them all."""

from typing import Any

TEXT = {"de": "Auf Augenhöhe", "en": "Eye to eye"}
PASSWORD = {"password": "four quiet clouds move"}
GOAL = {
    "title": "Speak freely",
    "why": "So that my ideas are heard.",
    "levels": {"expected": "Ten minutes without notes", "more": "And questions afterwards"},
    "due_on": "2027-09-30",
}

COURSE_STEP = {
    "title": {"de": "Rückmeldung", "en": "Feedback"},
    "text": {"de": "Frag zuerst, ob sie gewünscht ist.", "en": "Ask first whether it is wanted."},
    "question": {"de": "Wie hörst du sie gern?", "en": "How do you like to hear it?"},
}
MATERIAL = {
    "title": {"de": "Gute Fragen", "en": "Good questions"},
    "hint": {"de": "Für das erste Gespräch.", "en": "For the first talk."},
    "text": {"de": "Was hast du schon versucht?", "en": "What have you tried already?"},
    "phases": ["getting-to-know"],
    "who": "both",
}

EXAMPLES: dict[str, dict[str, Any]] = {
    # people
    "TokenIn": {
        "email": "coordinator@demo.example",
        **PASSWORD,
        "name": "Intranet",
        "scopes": ["read"],
        "lifetime_days": 30,
    },
    "SignUpIn": {
        "given_name": "Ayşe",
        "family_name": "Yılmaz",
        "email": "ayse.yilmaz@example.org",
        **PASSWORD,
        "locale": "de",
    },
    "AddressIn": {"email": "ayse.yilmaz@example.org"},
    "KeyIn": {"key": "Mg:1vNfQx:8ZbJp0v"},
    "ResetIn": {"key": "2-d0zvqk-6b1e", **PASSWORD},
    "MePatch": {"locale": "en", "theme": "dark", "timezone": "Europe/Berlin"},
    "PasswordIn": PASSWORD,
    "PasswordChangeIn": {**PASSWORD, "new_password": "nine blue stones roll"},
    "EmailIn": {**PASSWORD, "email": "ayse@example.org"},
    "EraseIn": {**PASSWORD, "confirm": True},
    "ConfirmIn": {"ticket": "eyJ1c2VyIjo3fQ:1vNfQx:8ZbJp0v", "code": "123456"},
    "ProfilePatch": {
        "wanted": ["first-leadership", "delegation"],
        "languages": {"de": "fluent", "en": "conversation"},
        "experience_years": 7.5,
        "week": [33, 34, 81],
    },
    # programmes
    "OrganisationIn": {"name": "Northwind AG"},
    "ProgrammeIn": {
        "organisation_id": 1,
        "template": "company-mentoring",
        "name": TEXT,
        "cohort_name": "2027",
        "starts_on": "2027-03-01",
        "criteria": {"weights": {"topics": 9, "languages": 3}, "musts": ["languages"]},
        "response_days": 7,
    },
    "ProgrammePatch": {"name": TEXT, "is_open": True},
    "CohortIn": {
        "name": "2028",
        "registration_ends_on": "2028-02-01",
        "matching_on": "2028-02-15",
        "starts_on": "2028-03-01",
        "midpoint_on": "2028-09-01",
        "ends_on": "2029-02-28",
    },
    "CohortPatch": {"ends_on": "2029-03-31"},
    "JourneyVersionIn": {
        "journey": {
            "phases": [
                {
                    "key": "agreement",
                    "title": {"de": "Vereinbaren", "en": "Agreeing"},
                    "start_week": 0,
                    "end_week": 4,
                    "due": [
                        {
                            "key": "sign-agreement",
                            "title": {"de": "Unterschreiben", "en": "Sign"},
                            "week": 2,
                            "who": "both",
                        }
                    ],
                    "questions": {"de": ["Was ist uns wichtig?"], "en": ["What matters to us?"]},
                }
            ]
        },
        "note": "One phase to begin with",
    },
    "MaterialIn": MATERIAL,
    "NewMaterialIn": {"kind": "page", **MATERIAL},
    "CourseTextIn": COURSE_STEP,
    "CoordinatorIn": {"email": "jo.beck@example.org"},
    "ParticipationIn": {
        "role": "mentor",
        "email": "mia.maier@example.org",
        "given_name": "Mia",
        "family_name": "Maier",
        "locale": "de",
        "seats": 2,
    },
    "SeatsIn": {"seats": 3},
    "AcceptIn": PASSWORD,
    "JoinIn": {"cohort_id": 1, "role": "mentee"},
    "MappingIn": {"mapping": {"0": "first_name", "1": "last_name", "2": "email"}},
    "TakeOverIn": {"leave_errors": True},
    # matching
    "RunIn": {"seed": 7, "objective": "balanced"},
    "MoveIn": {"kind": "swap", "mentee": 11, "other": 12, "version": 0},
    "VersionIn": {"version": 1},
    # tandems
    "DeclineIn": {"code": "topic", "note": "", "share_reason": True},
    "MeetingIn": {"met_on": "2027-03-04"},
    "PublishIn": {"version": 2},
    "CheckInIn": {"key": "first-month-check", "answer": "on_track"},
    "HelpIn": {"topics": ["dates"], "words": "We have been trying since August."},
    "PauseIn": {"until": "2027-08-16"},
    "BlockIn": {"member_id": 7},
    "HelpActIn": {"answer": True, "reply": "I will call you on Tuesday."},
    "JourneyMoveIn": {"number": 3},
    # rooms
    "GoalIn": GOAL,
    "NewGoalIn": {"id": "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e5f", **GOAL},
    "GoalStepIn": {"level": 1, "note": "The rehearsal helped."},
    "GoalStateIn": {"state": "reached"},
    "ActionItemIn": {"text": "Borrow the book", "owner_id": 7, "due_on": "2027-04-02"},
    "NewActionItemIn": {
        "id": "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e60",
        "text": "Borrow the book",
        "owner_id": 7,
    },
    "DoneIn": {"is_done": True},
    "AgreementIn": {
        "filled": {
            "frequency": "every three weeks for an hour",
            "place": "in the canteen of building 4",
            "ending": "with a good meal",
        },
        "id": "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e61",
    },
    "NewReviewIn": {"id": "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e62"},
    "ReviewAnswerIn": {"answers": ["Your questions", "", "", ""], "is_finished": True},
    "ClosingIn": {"thanks": "For your patience.", "stays": "I speak up sooner."},
    "NewNoteIn": {
        "id": "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e61",
        "kind": "shared",
        "title": "Books",
        "body": "- [ ] The one about feedback",
    },
    "NoteChangeIn": {"title": "Books", "body": "- [x] The one about feedback"},
    "TalkPlanIn": {"on": "2027-04-02", "place": "4 pm by video"},
    "SearchIn": {"query": "feedback"},
    # safeguarding
    "ReportIn": {
        "id": "0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e70",
        "organisation_id": 1,
        "words": "I felt put under pressure in our last talk.",
        "rows": ["goal:0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e5f"],
    },
}
