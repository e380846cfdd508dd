"""Why an answer is what it is: every sentence of an explanation stands here, so that it can be read as a whole."""
