"""The site under load: its pages beside a static file and a bare page of the CMS, few and many reports."""
