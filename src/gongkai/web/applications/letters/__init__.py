"""The letters of an application: kinds and wording as data, composed as papers, filled into own templates."""
