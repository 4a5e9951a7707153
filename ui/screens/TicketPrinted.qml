pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// Number and desk, to be read from two metres away.
Item {
    id: root

    required property KioskViewModel kiosk
    readonly property bool toDesk: kiosk.ticketDesk !== ""
    // The number is as large as the height leaves it.
    readonly property real taken: title.implicitHeight + place.Layout.preferredHeight + 2 * number.spacing + (Theme.portrait ? 44 + facts.implicitHeight + 44 + buttons.implicitHeight : 0)
    readonly property real free: height - 2 * number.y - taken
    readonly property int numberSize: Math.max(96, Math.min(Theme.portrait ? Theme.giant : 148, (free - 130) / 1.4))

    ColumnLayout {
        id: number

        x: Theme.margin
        y: Theme.portrait ? 56 : 36
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.5 - 1.5 * Theme.margin
        height: Theme.portrait ? implicitHeight : root.height - 72
        spacing: Theme.portrait ? 28 : 20

        Label {
            id: title

            Layout.fillWidth: true
            text: qsTr("Take your ticket")
            font.pixelSize: Theme.title
            font.bold: true
        }
        TicketPlate {
            Layout.fillWidth: true
            Layout.fillHeight: !Theme.portrait
            number: root.kiosk.ticketNumber
            numberSize: root.numberSize
        }
        Rectangle {
            id: place

            Layout.fillWidth: true
            Layout.preferredHeight: where.implicitHeight + 56
            radius: Theme.radius
            color: Theme.successSoft
            border.width: 4
            border.color: Theme.success

            RowLayout {
                id: where

                x: 44
                width: parent.width - 88
                anchors.verticalCenter: parent.verticalCenter
                spacing: 36

                Icon {
                    path: root.toDesk ? Icons.desk : Icons.people
                    size: 120
                    color: Theme.success
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0
                    Label {
                        Layout.fillWidth: true
                        text: root.toDesk ? qsTr("Go now to") : qsTr("Please wait in")
                        color: Theme.success
                        font.pixelSize: 40
                    }
                    Label {
                        Layout.fillWidth: true
                        text: root.toDesk ? qsTr("Desk %1").arg(root.kiosk.ticketDesk) : root.kiosk.ticketZone
                        color: Theme.success
                        font.pixelSize: 96
                        font.bold: true
                        lineHeight: 1
                    }
                }
                Label {
                    Layout.maximumWidth: 300
                    visible: root.toDesk
                    horizontalAlignment: Text.AlignRight
                    text: root.kiosk.ticketZone
                    color: Theme.success
                    font.pixelSize: 48
                    font.bold: true
                }
            }
        }
    }

    ColumnLayout {
        id: facts

        x: Theme.portrait ? Theme.margin : number.x + number.width + Theme.margin
        y: Theme.portrait ? number.y + number.height + 44 : 64
        width: number.width
        spacing: 36

        Fact {
            Layout.fillWidth: true
            icon: Icons.document
            caption: qsTr("Service")
            value: root.kiosk.ticketServices
        }
        RowLayout {
            Layout.fillWidth: true
            visible: !root.toDesk
            spacing: 40
            uniformCellSizes: true

        Fact {
            Layout.fillWidth: true
            icon: Icons.people
            caption: qsTr("Before you")
            value: root.kiosk.peopleAhead === 0 ? qsTr("You are next") : qsTr("%n people", "people who are before the visitor in the queue", root.kiosk.peopleAhead)
        }
        Fact {
            Layout.fillWidth: true
            icon: Icons.clock
            caption: qsTr("Likely wait")
            value: qsTr("%1–%2 minutes").arg(root.kiosk.waitLow).arg(root.kiosk.waitHigh)
        }
        }
    }

    ColumnLayout {
        id: buttons

        x: Theme.portrait ? Theme.margin : number.x + number.width + Theme.margin
        y: root.height - height - (Theme.portrait ? 56 : 48)
        width: number.width
        spacing: Theme.gap

        KioskButton {
            objectName: "done"
            Layout.fillWidth: true
            icon: Icons.check
            text: qsTr("I have my ticket")
            onTapped: root.kiosk.donePressed()
        }
        KioskButton {
            objectName: "ticketMissing"
            Layout.fillWidth: true
            kind: KioskButton.Secondary
            icon: Icons.printer
            text: qsTr("My ticket did not come out")
            onTapped: root.kiosk.ticketMissingPressed()
        }
    }
}
