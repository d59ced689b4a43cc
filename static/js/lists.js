"use strict"; // What lists add where scripts run.
