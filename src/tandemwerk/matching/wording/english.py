"""What reasons say in English."""

from collections.abc import Mapping

from .templates import Words

RULES: Mapping[str, str] = {
    "same_person": "it is the same person",
    "forbidden": "this pair is excluded",
    "reporting_line": "one of them leads the other",
    "same_team": "both are in the same team",
    "no_shared_language": "no shared language",
    "must_topics": "no shared topic, which the programme requires",
    "must_experience": "the distance in experience is outside the programme's range",
    "must_industry": "the industry is not as the programme requires",
    "must_function": "the function is not as the programme requires",
    "must_values": "the answers on working together are too far apart",
    "must_availability": "too few common free hours",
    "must_format": "no common way to meet",
    "must_wishes": "not among the mentee's favourites",
    "no_seat": "no free seat",
}

# A mentor isn't told which further topics a mentee chose: some are nobody else's business.
REASONS: Mapping[str, Words] = {
    "topic_first": Words(
        "Shares your most important topic: {topic}",
        "Most wants to work on your topic: {topic}",
        "Shared topic, the most important one: {topic}",
    ),
    "topic_shared": Words(
        "Shares your topic: {topic}",
        "Wants to work on your topic: {topic}",
        "Shared topic: {topic}",
    ),
    "topic_related": Words(
        "Offers {offered}, close to your topic {wanted}",
        "Wants to work on {wanted}, close to your topic {offered}",
        "{mentor} offers {offered}, close to the wanted topic {wanted}",
    ),
    "topics_missing": Words(
        "Does not offer {topics}",
        "Also wants to work on topics you do not offer",
        "Not covered: {topics}",
    ),
    "topics_none": Words(
        "Offers none of your topics, nor a related one",
        "Wants to work on other topics than you offer",
        "No shared topic; wanted: {topics}",
    ),
    "topics_open": Words(
        "You are open to any topic", "Is open to any topic", "{mentee} is open to any topic"
    ),
    "topics_unknown": Words(
        "Has not named any topics yet",
        "You have not named any topics yet",
        "{mentor} has not named any topics yet",
    ),
    "languages_shared": Words("Both speak {languages}"),
    "languages_none": Words("No shared language"),
    "experience_ahead": Words(
        "{years} ahead of you", "You are {years} ahead", "{mentor} is {years} ahead of {mentee}"
    ),
    "experience_equal": Words("About as much experience on both sides"),
    "experience_behind": Words(
        "Has {years} less experience than you",
        "You have {years} less experience",
        "{mentor} has {years} less experience than {mentee}",
    ),
    "experience_little": Words(
        "Only {years} ahead of you",
        "You are only {years} ahead",
        "{mentor} is only {years} ahead of {mentee}",
    ),
    "experience_far": Words(
        "{years} ahead of you, a long way",
        "You are {years} ahead, a long way",
        "{mentor} is {years} ahead of {mentee}, a long way",
    ),
    "industry_same_same": Words("Both know the same industry: {industry}"),
    "industry_same_different": Words("Both come from the same industry: {industry}"),
    "industry_other_same": Words(
        "Comes from a different industry: {mentor_value}",
        "Comes from a different industry: {mentee_value}",
        "Different industries: {mentee_value} and {mentor_value}",
    ),
    "industry_other_different": Words(
        "Works in a different industry – good for a view from outside",
        "Works in a different industry – your view from outside can help",
        "Different industries ({mentee_value}, {mentor_value}) – good for a view from outside",
    ),
    "function_same_same": Words("Both work in the same function: {function}"),
    "function_same_different": Words("Both work in the same function: {function}"),
    "function_other_same": Words(
        "Works in a different function: {mentor_value}",
        "Works in a different function: {mentee_value}",
        "Different functions: {mentee_value} and {mentor_value}",
    ),
    "function_other_different": Words(
        "Works in a different function – good for a view from outside",
        "Works in a different function – your view from outside can help",
        "Different functions ({mentee_value}, {mentor_value}) – good for a view from outside",
    ),
    "values_close": Words(
        "Similar ideas of working together: {alike} of {common} answers close to each other"
    ),
    "values_far": Words(
        "Different ideas of working together: {alike} of {common} answers close to each other"
    ),
    "values_close_few": Words("Similar ideas of working together"),
    "values_far_few": Words("Different ideas of working together"),
    "availability_shared": Words("Both free {times}"),
    "availability_little": Words("Little common free time: {times}"),
    "availability_none": Words("No common free time in the week"),
    "format_both": Words("Can meet online and on site in {site}"),
    "format_online": Words("Both can meet online"),
    "format_on_site": Words("Both can meet on site in {site}"),
    "format_none": Words("One would like to meet only online, the other only on site"),
    "format_other_site": Words(
        "Would like to meet on site, but works in {mentor_value}",
        "Would like to meet on site, but works in {mentee_value}",
        "Both would like to meet on site, but work in {mentee_value} and {mentor_value}",
    ),
    "format_site_unknown": Words("Both would like to meet on site; where is still open"),
    "text_topics": Words("Both write about {topics}"),
    "text_close": Words("What both write about themselves is close"),
    "text_far": Words("Nothing in common in what both write about themselves"),
    "wish_both": Words("You both wished for each other", "", "Both wished for each other"),
    "wish_mentee": Words(
        "One of your favourites",
        "Named you as a favourite",
        "{mentor} is one of {mentee}'s favourites",
    ),
    "wish_mentor": Words(
        "Named you as a favourite",
        "One of your favourites",
        "{mentee} is one of {mentor}'s favourites",
    ),
    "wish_other": Words(
        "You named others as favourites",
        "Named others as favourites",
        "{mentee} named others as favourites",
    ),
    "wish_none": Words("No favourites named"),
    "unknown_mentee": Words(
        "You have not answered yet: {question}",
        "Has not answered yet: {question}",
        "{mentee} has not answered yet: {question}",
    ),
    "unknown_mentor": Words(
        "Has not answered yet: {question}",
        "You have not answered yet: {question}",
        "{mentor} has not answered yet: {question}",
    ),
    "unknown_both": Words("Neither has answered yet: {question}"),
    "unmatched_below_floor": Words("The best possible pair is below the fit this run asks for"),
    "unmatched_all_full": Words("All fitting mentors are full ({mentors})"),
    "unmatched_seat_free": Words("A fitting mentor still has a free seat ({mentors})"),
    "unmatched_rules": Words("Every mentor is ruled out: {rules}"),
    "unmatched_rule": Words("With every mentor: {rule}"),
    "unmatched_no_shared_language": Words("Shares no language with any mentor"),
    "unmatched_forbidden": Words("All pairs with this person are excluded"),
}

QUESTIONS: Mapping[str, str] = {
    "languages": "languages",
    "experience": "years of experience",
    "industry": "industry",
    "function": "function",
    "values": "working together and values",
    "availability": "free times",
    "format": "online or on site",
    "text": "free text",
}

FIT = {"very_good": "very good", "good": "good", "fair": "fair"}
NAMELESS = {"mentee": "the mentee", "mentor": "the mentor"}
EMPTY_SITE = "the same place"
