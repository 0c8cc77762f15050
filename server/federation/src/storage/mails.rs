//! The mails that were sent.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Store, StoreError};
use crate::mail::Mail;

impl Store {
    /// Keeps a mail, and forgets the oldest beyond `kept`.
    pub(crate) async fn insert_mail(&self, mail: &Mail, kept: u32) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO mail (id, sender, recipient, subject, text_part, html_part, sent_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&mail.id)
        .bind(&mail.from)
        .bind(&mail.to)
        .bind(&mail.subject)
        .bind(&mail.text)
        .bind(&mail.html)
        .bind(mail.sent_at)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM mail WHERE number <= (SELECT max(number) FROM mail) - ?")
            .bind(kept)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// All mails, the latest first.
    pub(crate) async fn mails(&self) -> Result<Vec<Mail>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM mail ORDER BY number DESC").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(mail).collect())
    }

    /// One mail, which becomes a read one.
    pub(crate) async fn read_mail(&self, id: &str) -> Result<Option<Mail>, StoreError> {
        let row = sqlx::query("UPDATE mail SET is_read = 1 WHERE id = ? RETURNING *")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(mail))
    }

    /// Removes one mail; `false` if there is none.
    pub(crate) async fn delete_mail(&self, id: &str) -> Result<bool, StoreError> {
        let result =
            sqlx::query("DELETE FROM mail WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(result.rows_affected() == 1)
    }

    /// Removes all mails.
    pub(crate) async fn delete_mails(&self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM mail").execute(&self.pool).await?;
        Ok(())
    }
}

fn mail(row: &SqliteRow) -> Mail {
    Mail {
        id: row.get("id"),
        from: row.get("sender"),
        to: row.get("recipient"),
        subject: row.get("subject"),
        text: row.get("text_part"),
        html: row.get("html_part"),
        sent_at: row.get("sent_at"),
        read: row.get::<i64, _>("is_read") != 0,
    }
}
