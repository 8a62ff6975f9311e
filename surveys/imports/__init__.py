"""Files of other survey tools (Sphinx, LimeSurvey…): recognised, previewed, recorded once whatever is sent again."""
