//! The backend-for-frontend.
